import { z } from 'zod';
import { parseAccount } from './account.ts';

export const source = z.discriminatedUnion('kind', [
  /** Absolute path of an audio or video file on this machine. */
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
  /** Bytes piped into the command line. */
  z.object({ kind: z.literal('stdin') }),
  /** `allowPrivate`: the user allows loopback and private addresses for this source alone. */
  z.object({ kind: z.literal('url'), url: z.url({ protocol: /^https?$/ }), allowPrivate: z.boolean() }),
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
]);
export type Source = z.infer<typeof source>;

/** What a person types: `-` is standard input, `@name` or its page an account, http(s) a stream, any other scheme is refused, the rest a path. */
export function parseSource(
  text: string,
  allowPrivate: boolean,
): { source: Source } | { problem: 'empty' | 'scheme' | 'url' } {
  const typed = text.trim();
  if (typed === '') return { problem: 'empty' };
  if (typed === '-') return { source: { kind: 'stdin' } };
  const named = /^[@\uFF20]|tiktok\.com/i.test(typed) ? parseAccount(typed) : null;
  if (named && 'account' in named)
    return { source: { kind: 'tiktok', handle: named.account.handle, roomId: null, streamUrl: null } };
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme === undefined) return { source: { kind: 'file', path: typed } };
  if (scheme !== 'http' && scheme !== 'https') return { problem: 'scheme' };
  const parsed = source.safeParse({ kind: 'url', url: typed, allowPrivate });
  return parsed.success ? { source: parsed.data } : { problem: 'url' };
}
