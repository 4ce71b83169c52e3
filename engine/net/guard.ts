import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import { classifyAddress } from './address.ts';

export type ResolvedAddress = { address: string; family: number };
/** All addresses of a name. A parameter, so that tests can play a name server that lies. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/**
 * An undici connector that judges the very address it dials: literals before, names between their resolution and the connection
 * (so a name that changes its mind after a check gains nothing), and the peer once more when connected. A name server or a handshake
 * that takes longer than `limitMs` fails as `timed-out`: the pool would hand the half-made connection to the next request.
 */
export function guardedConnector(options: {
  allowPrivate: boolean;
  resolve: Resolve;
  clock: Clock;
  limitMs: number;
}): buildConnector.connector {
  const { allowPrivate, clock, limitMs } = options;
  const lookup: LookupFunction = (hostname, how, answer) => {
    options.resolve(hostname).then(
      (found) => {
        const usable = found.filter(({ address }) => passes(address, allowPrivate));
        const refused = found[0];
        if (usable[0] === undefined) {
          answer(refused ? refusal(hostname, refused.address) : new Error(`no address for ${hostname}`), '', 0);
        } else if (how.all) answer(null, usable);
        else answer(null, usable[0].address, usable[0].family);
      },
      (error: NodeJS.ErrnoException) => answer(error, '', 0),
    );
  };
  const connect = buildConnector({ lookup, timeout: 0, allowH2: false });

  return (target, callback) => {
    if (isIP(target.hostname) !== 0 && !passes(target.hostname, allowPrivate)) {
      callback(refusal(target.hostname, target.hostname), null);
      return;
    }
    let cancel = () => {};
    const dialling: unknown = connect(target, (error, socket) => {
      cancel();
      if (error) return callback(error, null);
      const peer = socket.remoteAddress;
      if (peer === undefined || passes(peer, allowPrivate)) return callback(null, socket);
      socket.destroy();
      return callback(refusal(target.hostname, peer), null);
    });
    cancel = clock.schedule(limitMs, () =>
      (dialling as Socket).destroy(new VigieError('timed-out', { what: 'connection', limitMs })),
    );
  };
}

/**
 * The first address of a name that may be dialled, for a connection that another program makes.
 * @throws VigieError `address-refused`, or `network-failed` when the name has no address
 */
export async function judgedAddress(
  hostname: string,
  options: { allowPrivate: boolean; resolve: Resolve },
): Promise<ResolvedAddress> {
  const found = await options.resolve(hostname).catch((cause: NodeJS.ErrnoException) => {
    throw new VigieError('network-failed', { host: hostname, detail: cause.code ?? cause.message }, { cause });
  });
  const usable = found.find(({ address }) => passes(address, options.allowPrivate));
  if (usable) return usable;
  if (!found[0]) throw new VigieError('network-failed', { host: hostname, detail: 'no-address' });
  throw refusal(hostname, found[0].address);
}

function passes(address: string, allowPrivate: boolean): boolean {
  const { reach } = classifyAddress(address);
  return reach === 'public' || (reach === 'private' && allowPrivate);
}

function refusal(host: string, address: string): VigieError {
  const found = classifyAddress(address);
  return new VigieError('address-refused', { host, reason: found.reach === 'public' ? 'changed' : found.reason });
}
