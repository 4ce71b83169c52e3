import type { Rendition } from '../../sources/resolver.ts';

/** An address this close to its end is not opened any more, ms. */
const nearlyExpiredMs = 5_000;
/** A connection that gave less than this has not worked, bytes. */
export const workedBytes = 16 * 1024;

export type StreamChoice = {
  /** What can be tried now, the most promising first. */
  usable(now: number): Rendition[];
  offer(streams: Rendition[]): void;
  /** How an attempt at one of them went. What failed comes after what did not, the next time. */
  worked(stream: Rendition, well: boolean): void;
};

export const keyOf = ({ quality, protocol }: Rendition): string => `${quality} ${protocol}`;

/** The addresses a platform offered last, in its order, those that failed lately behind the others. */
export function createStreamChoice(): StreamChoice {
  let offered: Rendition[] = [];
  const failures = new Map<string, number>();
  const failed = (stream: Rendition) => failures.get(keyOf(stream)) ?? 0;
  return {
    usable: (now) =>
      offered
        .filter(({ expiresAt }) => expiresAt === null || expiresAt - now > nearlyExpiredMs)
        .sort((a, b) => failed(a) - failed(b)),
    offer(streams) {
      offered = [...streams];
    },
    worked(stream, well) {
      if (well) failures.delete(keyOf(stream));
      else failures.set(keyOf(stream), failed(stream) + 1);
    },
  };
}
