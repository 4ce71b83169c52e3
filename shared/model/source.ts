import { z } from 'zod';

export const source = z.discriminatedUnion('kind', [
  /** Absolute path of an audio or video file on this machine. */
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
  /** Bytes piped into the command line. */
  z.object({ kind: z.literal('stdin') }),
  /** `allowPrivate`: the user allows loopback and private addresses for this source alone. */
  z.object({ kind: z.literal('url'), url: z.url({ protocol: /^https?$/ }), allowPrivate: z.boolean() }),
]);
export type Source = z.infer<typeof source>;

/** What a person types: `-` is standard input, http(s) a stream, any other scheme is refused, the rest a path. */
export function parseSource(
  text: string,
  allowPrivate: boolean,
): { source: Source } | { problem: 'empty' | 'scheme' | 'url' } {
  const typed = text.trim();
  if (typed === '') return { problem: 'empty' };
  if (typed === '-') return { source: { kind: 'stdin' } };
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme === undefined) return { source: { kind: 'file', path: typed } };
  if (scheme !== 'http' && scheme !== 'https') return { problem: 'scheme' };
  const parsed = source.safeParse({ kind: 'url', url: typed, allowPrivate });
  return parsed.success ? { source: parsed.data } : { problem: 'url' };
}
