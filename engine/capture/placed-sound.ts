import type { FrameTime, MediaClock } from './media-clock.ts';
import { bytesPerMs } from './pcm.ts';

/** Sound (16 kHz mono s16le), or a jump of its clock before what follows, ms. */
export type SoundItem = Uint8Array | { jumpMs: number };

/**
 * Joins two pipes of one decoder: its sound, and what it reports of each frame. A frame is reported before its sound is written, so sound
 * whose frame is not known yet only waits for the other pipe to be read. Without any report, sound passes as it comes.
 */
export function placedSound(
  sound: AsyncIterable<Uint8Array>,
  clock: MediaClock,
): { items: AsyncIterable<SoundItem>; frame(frame: FrameTime): void; close(): void } {
  let reported = false;
  let closed = false;
  let wake = () => {};

  const bytesAt = (ms: number) => (Number.isFinite(ms) ? Math.round((ms * bytesPerMs) / 2) * 2 : ms);
  const known = () => (reported && !closed ? bytesAt(clock.knownMs()) : Number.POSITIVE_INFINITY);

  const items = (async function* (): AsyncGenerator<SoundItem> {
    let passed = 0;
    for await (const piece of sound) {
      for (let at = 0; at < piece.length;) {
        while (known() <= passed) {
          const { promise, resolve } = Promise.withResolvers<void>();
          wake = resolve;
          await promise;
        }
        const end = Math.min(piece.length, at + known() - passed);
        // A piece is cut where the clock jumps inside it.
        for (const jump of clock.take((passed + end - at) / bytesPerMs)) {
          const cut = Math.min(end, Math.max(at, at + bytesAt(jump.atMs) - passed));
          if (cut > at) yield piece.subarray(at, cut);
          passed += cut - at;
          at = cut;
          yield { jumpMs: jump.jumpMs };
        }
        if (end > at) yield piece.subarray(at, end);
        passed += end - at;
        at = end;
      }
    }
  })();

  return {
    items,
    frame(frame) {
      reported = true;
      clock.frame(frame);
      wake();
    },
    close() {
      closed = true;
      clock.close();
      wake();
    },
  };
}
