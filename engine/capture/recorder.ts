import { VigieError } from '#shared/errors.ts';
import type { GapCause } from '#shared/model/live.ts';
import type { Clock } from '../base/clock.ts';
import { diskError, DiskRefusal, isDiskTrouble, isNoRoom } from './disk-trouble.ts';
import { createSoundTail, type OpenSound } from './open-sound.ts';
import type { CaptureEvents, Room } from './options.ts';
import { createPacer, pacedPieceMs } from './pacer.ts';
import { asSamples, bytesPerMs, peakBp } from './pcm.ts';
import { segmentSpool, segmenterAt } from './segment-spool.ts';
import { type CutSegment, maxSegmentMs } from './segmenter.ts';
import { openSpool } from './spool.ts';

/** Puts sound on disk first, then tells of the segments in it. Calls must not overlap. */
export type Recorder = {
  /** End of the sound or of the last gap, ms of the timeline. */
  readonly endMs: number;
  /** What has been heard since the last cut; null when nothing has, or when a restart cut it short. */
  open(): OpenSound | null;
  /**
   * Takes sound of any length; slow on purpose when playing at 1x, or while the disk refuses. Rejects when the capture is halted, and with
   * `DiskRefusal` when the disk refuses for longer than `holdMs`: what it took until then stays.
   */
  accept(pcm: Uint8Array, holdMs: number): Promise<void>;
  /** The current run of sound ends: a fraction of a millisecond is filled up with silence. */
  endRun(): Promise<void>;
  /** Declares that nothing was heard until `startMs`; closes the open segment before it. */
  gapTo(startMs: number, cause: GapCause): Promise<void>;
  /** Resolves when the disk takes sound again. */
  untilDiskAccepts(): Promise<void>;
  /** Tells of progress that was held back, if there is any. */
  tell(): void;
  /** Closes the open segment whatever its length. */
  flush(): Promise<void>;
  /** Syncs and closes the spool. What is in the open segment stays for a later resume. */
  close(): Promise<void>;
};

/** Why the disk takes no sound; null: it does. */
export type DiskState = 'disk-full' | 'disk-refused' | null;

const syncEveryMs = 1_000;
const progressEveryMs = 500;
const diskRetryMs = 1_000;

export async function openRecorder(options: {
  spoolDir: string;
  /** Where segmentation goes on; sound beyond it is segmented at once. */
  segmentedMs: number;
  /** Longest segment; absent: 15 s. */
  maxSegmentMs?: number;
  pace: { realtimeForMs: number | null } | null;
  clock: Clock;
  events: CaptureEvents;
  room: Room;
  /** Stop, pause. */
  signal: AbortSignal;
  /** The disk refuses sound, and takes it again. */
  onDisk(state: DiskState): void;
  sourceMs(): number | null;
}): Promise<Recorder> {
  const { clock, events, room, signal, spoolDir, maxSegmentMs: maxMs = maxSegmentMs } = options;
  const spool = await openSpool(spoolDir).catch((cause: NodeJS.ErrnoException) => {
    throw diskError(spoolDir, cause);
  });
  if (options.segmentedMs > spool.endMs) await spool.moveTo(options.segmentedMs);

  /** Cut, and not told yet: the sound or the database's line is not durable. */
  const untold: CutSegment[] = [];
  const tail = createSoundTail();
  const pacer = createPacer(options.pace, clock);
  let carry: Uint8Array = new Uint8Array(0);
  let syncedAt = clock.monotonicMs();
  let toldAt = -Infinity;
  let toldMs = -1;
  let levelBp = 0;

  /** Tries until the disk takes it; what was done in part is done again. */
  const persist = async (work: () => void | Promise<void>, holdMs = Number.POSITIVE_INFINITY) => {
    const since = clock.monotonicMs();
    for (let refused = false; ;) {
      try {
        await work();
        if (refused) options.onDisk(null);
        return;
      } catch (cause) {
        if (!isDiskTrouble(cause)) throw cause;
        if (isNoRoom(cause)) room.ranOut();
        if (clock.monotonicMs() - since >= holdMs) throw new DiskRefusal('the disk takes no sound', { cause });
        if (!refused) options.onDisk(isNoRoom(cause) ? 'disk-full' : 'disk-refused');
        refused = true;
        if (signal.aborted) throw diskError(spoolDir, cause);
        await clock.delay(diskRetryMs, signal);
      }
    }
  };

  const settle = async () => {
    await spool.sync();
    syncedAt = clock.monotonicMs();
    for (let segment = untold[0]; segment; segment = untold[0]) {
      events.onSegment(segment);
      untold.shift();
    }
  };

  const cut = (segments: readonly CutSegment[]) => void untold.push(...segments);
  let segmenter = await segmentSpool(spoolDir, options.segmentedMs, maxMs, (segment) => cut([segment]));
  if (untold.length > 0) await persist(settle);

  const tell = (always: boolean) => {
    if (!always && clock.monotonicMs() - toldAt < progressEveryMs) return;
    toldAt = clock.monotonicMs();
    toldMs = spool.endMs;
    events.onProgress({ capturedMs: spool.endMs, levelBp, sourceMs: options.sourceMs() });
    levelBp = 0;
  };

  /** What the disk took in part is not written again. */
  const write = async (pcm: Uint8Array, holdMs: number) => {
    const startMs = spool.endMs;
    const written = () => (spool.endMs - startMs) * bytesPerMs;
    try {
      await persist(() => {
        if (!room.hasRoom()) throw new VigieError('disk-full', { path: spoolDir });
        return spool.append(pcm.subarray(written()));
      }, holdMs);
    } finally {
      const samples = asSamples(pcm.subarray(0, written()));
      levelBp = Math.max(levelBp, peakBp(samples));
      tail.add(startMs, samples);
      cut(segmenter.push(samples));
      tail.dropBefore(segmenter.openMs);
    }
  };

  const record = async (pcm: Uint8Array, holdMs: number) => {
    await write(pcm, holdMs);
    if (untold.length > 0 || clock.monotonicMs() - syncedAt >= syncEveryMs) await persist(settle, holdMs);
    tell(false);
  };

  return {
    get endMs() {
      return spool.endMs;
    },
    open() {
      const sound = tail.since(segmenter.openMs);
      return sound && { startMs: segmenter.openMs, ...segmenter.open, ...sound };
    },
    async accept(pcm, holdMs) {
      const all = carry.length === 0 ? pcm : Buffer.concat([carry, pcm]);
      const whole = all.length - (all.length % bytesPerMs);
      carry = new Uint8Array(all.subarray(whole));
      for (let at = 0; at < whole;) {
        const held = pacer.holds(spool.endMs);
        const piece = all.subarray(at, held ? Math.min(whole, at + pacedPieceMs * bytesPerMs) : whole);
        if (held) await pacer.wait(spool.endMs + piece.length / bytesPerMs, signal);
        signal.throwIfAborted();
        await record(piece, holdMs);
        at += piece.length;
      }
    },
    async endRun() {
      if (carry.length === 0) return;
      const filled = new Uint8Array(bytesPerMs);
      filled.set(carry);
      carry = new Uint8Array(0);
      await record(filled, Number.POSITIVE_INFINITY);
    },
    async gapTo(startMs, cause) {
      carry = new Uint8Array(0);
      const endMs = spool.endMs;
      if (startMs <= endMs) return;
      cut(segmenter.flush());
      await persist(settle);
      await persist(() => events.onGap({ startMs: endMs, endMs: startMs, cause }));
      await persist(() => spool.moveTo(startMs));
      tail.clear();
      segmenter = await segmenterAt(spoolDir, startMs, maxMs);
      tell(true);
    },
    async untilDiskAccepts() {
      for (;;) {
        const accepts = room.hasRoom() && (await spool.takes());
        if (accepts) break;
        await clock.delay(diskRetryMs, signal);
      }
      options.onDisk(null);
    },
    tell() {
      if (toldMs !== spool.endMs) tell(false);
    },
    async flush() {
      cut(segmenter.flush());
      tail.clear();
      await persist(settle);
      tell(true);
    },
    async close() {
      await spool.sync();
      if (toldMs !== spool.endMs) tell(true);
      await spool.close();
    },
  };
}
