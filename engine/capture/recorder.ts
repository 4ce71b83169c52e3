import { VigieError } from '#shared/errors.ts';
import type { GapCause } from '#shared/model/live.ts';
import type { Clock } from '../base/clock.ts';
import type { CaptureEvents, CaptureLimits } from './options.ts';
import { createPacer, pacedPieceMs } from './pacer.ts';
import { asSamples, bytesPerMs, peakBp } from './pcm.ts';
import { segmentSpool, segmenterAt } from './segment-spool.ts';
import type { CutSegment } from './segmenter.ts';
import { openSpool } from './spool.ts';

/** Puts sound on disk first, then tells of the segments in it. Calls must not overlap. */
export type Recorder = {
  /** End of the sound or of the last gap, ms of the timeline. */
  readonly endMs: number;
  /** Takes sound of any length; slow on purpose when playing at 1x, or while the disk refuses. Rejects when aborted. */
  accept(pcm: Uint8Array, signal: AbortSignal): Promise<void>;
  /** The current run of sound ends: a fraction of a millisecond is filled up with silence. */
  endRun(signal: AbortSignal): Promise<void>;
  /** Declares that nothing was heard until `startMs`; closes the open segment before it. */
  gapTo(startMs: number, cause: GapCause): Promise<void>;
  /** Tells of progress that was held back, if there is any. */
  tell(): void;
  /** Closes the open segment whatever its length. */
  flush(): Promise<void>;
  /** Syncs and closes the spool. What is in the open segment stays for a later resume. */
  close(): Promise<void>;
};

const syncEveryMs = 1_000;
const progressEveryMs = 500;
const diskRetryMs = 1_000;

export async function openRecorder(options: {
  spoolDir: string;
  /** Where segmentation goes on; sound beyond it is segmented at once. */
  segmentedMs: number;
  pace: { realtimeForMs: number | null } | null;
  clock: Clock;
  events: CaptureEvents;
  limits: CaptureLimits;
  /** The disk refuses sound, and takes it again. */
  onDisk(refuses: boolean): void;
  sourceMs(): number | null;
}): Promise<Recorder> {
  const { clock, events, spoolDir } = options;
  const spool = await openSpool(spoolDir).catch((cause: NodeJS.ErrnoException) => {
    throw diskError(spoolDir, cause);
  });
  if (options.segmentedMs > spool.endMs) await spool.moveTo(options.segmentedMs);
  const announce = (segment: CutSegment) => events.onSegment(segment);
  let segmenter = await segmentSpool(spoolDir, options.segmentedMs, announce);

  const pacer = createPacer(options.pace, clock);
  let carry: Uint8Array = new Uint8Array(0);
  let syncedAt = clock.monotonicMs();
  let toldAt = -Infinity;
  let toldMs = -1;
  let levelBp = 0;

  const sync = async () => {
    await spool.sync();
    syncedAt = clock.monotonicMs();
  };

  const tell = (always: boolean) => {
    if (!always && clock.monotonicMs() - toldAt < progressEveryMs) return;
    toldAt = clock.monotonicMs();
    toldMs = spool.endMs;
    events.onProgress({ capturedMs: spool.endMs, levelBp, sourceMs: options.sourceMs() });
    levelBp = 0;
  };

  /** Holds the source back while the disk refuses; what the disk took in part is written again from its start. */
  const writeDurably = async (pcm: Uint8Array, durable: boolean, signal: AbortSignal) => {
    let written = 0;
    const startMs = spool.endMs;
    const since = clock.monotonicMs();
    for (let refused = false; ;) {
      try {
        await spool.append(pcm.subarray(written));
        written = pcm.length;
        if (durable || clock.monotonicMs() - syncedAt >= syncEveryMs) await sync();
        if (refused) options.onDisk(false);
        return;
      } catch (cause) {
        if (!isDiskTrouble(cause)) throw cause;
        written = (spool.endMs - startMs) * bytesPerMs;
        if (clock.monotonicMs() - since >= options.limits.diskPatienceMs) throw diskError(spoolDir, cause);
        if (!refused) options.onDisk(true);
        refused = true;
        await clock.delay(diskRetryMs, signal);
      }
    }
  };

  const record = async (pcm: Uint8Array, signal: AbortSignal) => {
    const samples = asSamples(pcm);
    const segments = segmenter.push(samples);
    await writeDurably(pcm, segments.length > 0, signal);
    levelBp = Math.max(levelBp, peakBp(samples));
    segments.forEach(announce);
    tell(false);
  };

  return {
    get endMs() {
      return spool.endMs;
    },
    async accept(pcm, signal) {
      const all = carry.length === 0 ? pcm : Buffer.concat([carry, pcm]);
      const whole = all.length - (all.length % bytesPerMs);
      carry = new Uint8Array(all.subarray(whole));
      for (let at = 0; at < whole;) {
        const held = pacer.holds(spool.endMs);
        const piece = all.subarray(at, held ? Math.min(whole, at + pacedPieceMs * bytesPerMs) : whole);
        if (held) await pacer.wait(spool.endMs + piece.length / bytesPerMs, signal);
        signal.throwIfAborted();
        await record(piece, signal);
        at += piece.length;
      }
    },
    async endRun(signal) {
      if (carry.length === 0) return;
      const filled = new Uint8Array(bytesPerMs);
      filled.set(carry);
      carry = new Uint8Array(0);
      await record(filled, signal);
    },
    async gapTo(startMs, cause) {
      carry = new Uint8Array(0);
      const endMs = spool.endMs;
      if (startMs <= endMs) return;
      await sync();
      segmenter.flush().forEach(announce);
      events.onGap({ startMs: endMs, endMs: startMs, cause });
      await spool.moveTo(startMs);
      segmenter = await segmenterAt(spoolDir, startMs);
      tell(true);
    },
    tell() {
      if (toldMs !== spool.endMs) tell(false);
    },
    async flush() {
      await sync();
      segmenter.flush().forEach(announce);
      tell(true);
    },
    async close() {
      await sync();
      if (toldMs !== spool.endMs) tell(true);
      await spool.close();
    },
  };
}

const diskCodes = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'ENOENT',
  'EMFILE',
  'ENFILE',
  'EFBIG',
  'ENOTDIR',
]);
const isDiskTrouble = (cause: unknown) => diskCodes.has((cause as NodeJS.ErrnoException).code ?? '');

function diskError(path: string, cause: unknown): VigieError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new VigieError('disk-full', { path }, { cause });
  return new VigieError('data-folder-unusable', { path, detail: code }, { cause });
}
