import { z } from 'zod';
import { parseAccount } from './account.ts';
import { deviceReference, deviceSource } from './device.ts';

/** Programs of the user's own that find the stream behind a page's address. */
export const resolverTools = ['yt-dlp', 'streamlink'] as const;
export type ResolverTool = (typeof resolverTools)[number];

/** Protocols that only ffmpeg's own network code speaks. Off until a person allows one for one source. */
export const ffmpegProtocols = ['rtmp', 'rtmps', 'rtsp', 'srt'] as const;
export type FfmpegProtocol = (typeof ffmpegProtocols)[number];

const webAddress = z.url({ protocol: /^https?$/ });

export const source = z.discriminatedUnion('kind', [
  /** Absolute path of an audio or video file on this machine. */
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
  /** Bytes piped into the command line. */
  z.object({ kind: z.literal('stdin') }),
  /** `allowPrivate`: the user allows loopback and private addresses for this source alone. */
  z.object({ kind: z.literal('url'), url: webAddress, allowPrivate: z.boolean() }),
  /**
   * The live of an account, found anew each time it is opened. `roomId`: the room it was last heard in, or that a person named;
   * `streamUrl`: an address that a person gave, tried before the platform is asked.
   */
  z.object({
    kind: z.literal('tiktok'),
    handle: z.string().regex(/^[\w.]{2,24}$/),
    roomId: z
      .string()
      .regex(/^\d{1,30}$/)
      .nullable(),
    streamUrl: z
      .url({ protocol: /^https?$/ })
      .max(4096)
      .nullable(),
  }),
  /** A microphone, or the sound that this machine plays. */
  deviceSource,
  /** An address that ffmpeg itself opens: such a source exists only because a person allowed it. */
  z.object({
    kind: z.literal('protocol'),
    url: z.string().refine((url) => protocolOf(url) !== null),
    allowPrivate: z.boolean(),
  }),
  /** A page whose stream the named program finds; what it answers is then heard like any other address. */
  z.object({ kind: z.literal('external'), tool: z.enum(resolverTools), url: webAddress, allowPrivate: z.boolean() }),
]);
export type Source = z.infer<typeof source>;

export const sourceKinds = [
  'file',
  'stdin',
  'url',
  'tiktok',
  'device',
  'protocol',
  'external',
] as const satisfies Source['kind'][];

/** Whether a source of this kind is heard as it happens: a file's position says nothing of the hour. */
export const isHeardAsItHappens = (kind: Source['kind']): boolean => kind !== 'file' && kind !== 'stdin';

export type SourceProblem = 'empty' | 'scheme' | 'url' | 'protocol' | 'device';

/** What a person allows for this source alone. */
export type SourceChoices = { allowPrivate: boolean; allowProtocol?: boolean; resolver?: ResolverTool | null };

/**
 * What a person types: `-` is standard input, `@name` or its page an account, `device:<system>:<name>` a microphone, http(s) a stream (or, with a resolver, the page of
 * one), rtmp, rtmps, rtsp and srt what ffmpeg opens when that is allowed, any other scheme is refused, the rest is a path.
 */
export function parseSource(text: string, choices: SourceChoices): { source: Source } | { problem: SourceProblem } {
  const { allowPrivate } = choices;
  const typed = text.trim();
  if (typed === '') return { problem: 'empty' };
  if (typed === '-') return { source: { kind: 'stdin' } };
  const named = /^[@\uFF20]|tiktok\.com/i.test(typed) ? parseAccount(typed) : null;
  if (named && 'account' in named)
    return { source: { kind: 'tiktok', handle: named.account.handle, roomId: null, streamUrl: null } };
  const device = deviceReference(typed);
  if (device !== null) return device === 'unusable' ? { problem: 'device' } : { source: device };
  const scheme = schemeOf(typed);
  if (scheme === null) return { source: { kind: 'file', path: typed } };
  if (isFfmpegProtocol(scheme)) {
    if (!choices.allowProtocol) return { problem: 'protocol' };
    return asSource({ kind: 'protocol', url: typed, allowPrivate });
  }
  if (scheme !== 'http' && scheme !== 'https') return { problem: 'scheme' };
  return choices.resolver
    ? asSource({ kind: 'external', tool: choices.resolver, url: typed, allowPrivate })
    : asSource({ kind: 'url', url: typed, allowPrivate });
}

function asSource(made: Source): { source: Source } | { problem: 'url' } {
  const parsed = source.safeParse(made);
  return parsed.success ? { source: parsed.data } : { problem: 'url' };
}

const schemeOf = (typed: string) => /^([a-z][a-z0-9+.-]+):\/\//i.exec(typed)?.[1]?.toLowerCase() ?? null;

const isFfmpegProtocol = (scheme: string): scheme is FfmpegProtocol =>
  ffmpegProtocols.some((known) => known === scheme);

/** Options of an srt address that change nothing but how it is read. `mode=listener` would open a port of this machine. */
const srtOptions = new Set(['streamid', 'passphrase', 'pbkeylen', 'latency']);

/** scheme, port and query of `scheme://[account@]host[:port][/path][?query]`, with a plain name or address as its host. */
const plainAddress =
  /^([a-z]+):\/\/(?:[^/?#@\s\\]*@)?(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?:\/[^?#\s\\\p{C}]*)?(?:\?([^#\s\\\p{C}]*))?$/iu;

/** The protocol of an address that ffmpeg may open; null when it is another one, or names no plain host. */
export function protocolOf(text: string): FfmpegProtocol | null {
  if (text.length > 4096) return null;
  const [, typed = '', port, query = ''] = plainAddress.exec(text) ?? [];
  const scheme = typed.toLowerCase();
  if (!isFfmpegProtocol(scheme)) return null;
  if (scheme !== 'srt') return scheme;
  const names = query.split('&').map((pair) => pair.split('=')[0] ?? '');
  return port === undefined || names.some((name) => name !== '' && !srtOptions.has(name)) ? null : scheme;
}
