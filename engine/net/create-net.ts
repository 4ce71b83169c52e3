import { Agent, request } from 'undici';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { boundedBody } from './body.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { asNetError } from './net-error.ts';
import { linkUp, type LinkAddresses, systemLinkAddresses } from './link.ts';
import { guardedConnector, type Resolve, systemResolve } from './guard.ts';
import { type Net, type NetContent, type NetRequest, type NetResponse, sayableHeaders } from './types.ts';

export const maxRedirects = 5;
const defaultHeadersTimeoutMs = 10_000;
/** Over before whoever waits for the answer asks again. */
const connectLimitMs = 9_000;
const defaultIdleTimeoutMs = 10_000;
type Reach = NetResponse['reach'];
type Asked = NetRequest & { content?: NetContent };
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
 * The one way out. `isAllowed` is the network switch, asked before each request, each hop and each piece of a body. No cookies, no
 * proxy variables, no compression (so no bombs), credentials of an address go to its own origin only.
 */
export function createNet(options: {
  clock: Clock;
  log: Log;
  isAllowed: () => boolean;
  resolve?: Resolve;
  linkAddresses?: LinkAddresses;
}): Net {
  const agentFor = (allowPrivate: boolean) =>
    new Agent({
      connect: guardedConnector({
        allowPrivate,
        resolve: options.resolve ?? systemResolve,
        clock: options.clock,
        limitMs: connectLimitMs,
      }),
      // Waiting is bounded by our own clock, see createDeadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 4_000,
      pipelining: 1,
    });
  // Two pools: a connection dialled for a source that may reach private addresses is never lent to one that may not.
  const agents = { public: agentFor(false), private: agentFor(true) };

  const dial = (
    reach: Reach,
    url: URL,
    authorization: string | null,
    { content, ...asked }: Asked,
    deadline: Deadline,
  ) =>
    request(url, {
      dispatcher: agents[reach],
      signal: deadline.signal,
      ...(content ? { method: 'POST', body: content.bytes } : {}),
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'Vigie/0.1',
        ...saidHeaders(asked.headers),
        ...(authorization ? { authorization } : {}),
        ...(content ? { 'content-type': content.type } : {}),
        ...rangeHeaders(asked.range),
      },
    }).then(
      (answer) => ({ answer, reach }),
      (error: unknown) => {
        throw asNetError(error, url.host, deadline);
      },
    );

  /** The public pool first, so that the answer's reach is known; the private one only where it is allowed and needed. */
  const hop = async (url: URL, authorization: string | null, asked: Asked, deadline: Deadline) => {
    if (!options.isAllowed()) throw new VigieError('network-off', { host: url.host });
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new VigieError('address-refused', { host: url.host || url.protocol, reason: 'scheme' });
    }
    return dial('public', url, authorization, asked, deadline).catch((error: unknown) => {
      if (!asked.allowPrivate || !isVigieError(error, 'address-refused')) throw error;
      return dial('private', url, authorization, asked, deadline);
    });
  };

  const ask = async (address: string, asked: Asked): Promise<NetResponse> => {
    const { url: start, authorization: named } = parseAddress(address);
    const bearer = asked.content?.bearer;
    const authorization = bearer ? `Bearer ${bearer}` : named;
    const deadline = createDeadline(options.clock, asked.signal);
    deadline.limit('whole', 'answer', asked.timeoutMs);
    deadline.limit('wait', 'answer', asked.headersTimeoutMs ?? defaultHeadersTimeoutMs);
    try {
      let allowPrivate = asked.allowPrivate;
      let url = start;
      for (let redirects = 0; ; redirects += 1) {
        const secret = url.origin === start.origin ? authorization : null;
        const { referer: _, ...elsewhere } = asked.headers ?? {};
        const headers = url.origin === start.origin ? asked.headers : elsewhere;
        const { answer, reach } = await hop(url, secret, { ...asked, headers, allowPrivate }, deadline);
        allowPrivate &&= reach === 'private';
        const location = answer.headers.location;
        const follow = !asked.content && asked.redirects !== 'return' && redirectStatuses.has(answer.statusCode);
        if (!follow || typeof location !== 'string') {
          deadline.limit('wait', 'answer', undefined);
          // An aborted body reports so even when nobody reads it.
          answer.body.on('error', () => undefined);
          const received = flatten(answer.headers);
          const body = boundedBody({
            body: answer.body,
            declaredBytes: Number(received['content-length'] ?? Number.NaN),
            maxBytes: asked.maxBytes,
            idleTimeoutMs: asked.idleTimeoutMs ?? defaultIdleTimeoutMs,
            host: url.host,
            isAllowed: options.isAllowed,
            deadline,
          });
          return {
            status: answer.statusCode,
            headers: received,
            finalUrl: url.href,
            reach,
            body,
            discard: deadline.abort,
          };
        }
        answer.body.on('error', () => undefined).destroy();
        if (redirects === maxRedirects)
          throw new VigieError('too-many-redirects', { host: start.host, limit: maxRedirects });
        url = parseAddress(location, url).url;
      }
    } catch (error) {
      deadline.clear();
      throw error;
    }
  };

  return {
    get: ask,
    post: (address, content, asked) => ask(address, { ...asked, content }),
    linkUp: (signal) => linkUp(options.clock, options.linkAddresses ?? systemLinkAddresses, signal),
    close: async () => {
      await Promise.all([agents.public.destroy(), agents.private.destroy()]);
    },
  };
}

function parseAddress(address: string, base?: URL): { url: URL; authorization: string | null } {
  if (!URL.canParse(address, base?.href))
    throw new VigieError('address-refused', { host: '', reason: 'not-an-address' });
  const url = new URL(address, base?.href);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: username || password ? `Basic ${Buffer.from(secret).toString('base64')}` : null };
}

function saidHeaders(headers: NetRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    sayableHeaders.flatMap((name) => {
      // Line breaks would make another header of the rest.
      const value = headers?.[name]?.replace(/[^\x20-\x7e]/g, '').slice(0, 1_000);
      return value ? [[name, value] as const] : [];
    }),
  );
}

function rangeHeaders(range: NetRequest['range']): Record<string, string> {
  if (!range) return {};
  const header = { range: `bytes=${range.from}-${range.to ?? ''}` };
  return range.ifRange ? { ...header, 'if-range': range.ifRange } : header;
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(pairs);
}
