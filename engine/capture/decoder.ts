import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { VigieError } from '#shared/errors.ts';
import type { Spawn } from '../process/spawn.ts';
import {
  complaintsInReport,
  decoderArguments,
  durationInReport,
  isComplaint,
  saysDamage,
  saysFfmpeg,
  saysPictures,
} from './ffmpeg.ts';
import { createMediaClock, frameInReport } from './media-clock.ts';
import { placedSound, type SoundItem } from './placed-sound.ts';
import type { SeenDecoder } from './vitals.ts';

/** One ffmpeg turning one continuous run of container bytes into 16 kHz mono s16le. */
export type Decoder = {
  /** Resolves when ffmpeg has room for more; false once it reads no further. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** No more bytes: ffmpeg finishes what it has. */
  end(): void;
  /**
   * The sound, in pieces of any size, with the jumps of the container's clock between them. To be read once; reading slowly slows ffmpeg
   * and, through `write`, its source.
   */
  sound: AsyncIterable<SoundItem>;
  /** Resolves when ffmpeg is gone and its sound was read; rejects with `ffmpeg-missing` when it could not be started, or is none. */
  finished: Promise<DecoderEnd>;
  /** Length of the source as its container states it, ms; known at the earliest with the first sound. */
  durationMs(): number | null;
  seen(): SeenDecoder;
  kill(): void;
};

/** `failure` null: it ended well, or was killed by us. `complained`: it passed over parts that it could not read. */
export type DecoderEnd = { heardBytes: number; failure: string | null; complained: boolean; pictures: boolean };

const reportLines = 40;
const reportColumns = 400;

/**
 * Starts ffmpeg. It dies with this process: its stdin ends and its stdout breaks. `time`: `media` counts from the container's zero,
 * `arrival` from the first sound, as a live does.
 */
export function startDecoder(options: { ffmpeg: string; spawn: Spawn; time: 'media' | 'arrival' }): Decoder {
  const child = options.spawn(options.ffmpeg, decoderArguments(options.time === 'arrival'));
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new TypeError('a decoder needs three pipes');

  let accepting = true;
  let heardBytes = 0;
  let killed = false;
  let durationMs: number | null = null;
  let saidLines = 0;
  let pictures = false;
  let complained = false;
  let isFfmpeg = false;
  const report: string[] = [];
  const clock = createMediaClock(options.time === 'media' ? 0 : null);
  const placed = placedSound(stdout, clock);
  const lines = createInterface({ input: stderr });
  lines.on('line', (line) => {
    saidLines += 1;
    durationMs ??= durationInReport(line);
    pictures ||= saysPictures(line);
    complained ||= saysDamage(line);
    isFfmpeg ||= saysFfmpeg(line);
    const frame = frameInReport(line);
    if (frame) placed.frame(frame);
    if (!isComplaint(line)) return;
    report.push(line.slice(0, reportColumns));
    if (report.length > reportLines) report.shift();
  });
  lines.on('close', () => placed.close());
  // A broken pipe here means ffmpeg has ended; its exit says why.
  stdin.on('error', () => {
    accepting = false;
  });
  stdin.on('close', () => {
    accepting = false;
  });

  const sound = (async function* () {
    for await (const item of placed.items) {
      if (item instanceof Uint8Array) heardBytes += item.length;
      yield item;
    }
  })();

  const finished = exitOf(child, options.ffmpeg).then((exit): DecoderEnd => {
    // It ended by itself without a word of ffmpeg's: another program, or one that lacks a library. The source is not to blame. A crash does
    // not count: a signal, or a status above a byte on Windows.
    if (!killed && !isFfmpeg && typeof exit === 'number' && exit < 256)
      throw new VigieError('ffmpeg-missing', { path: options.ffmpeg });
    const complaint = complaintsInReport(report) || (exit === 0 ? 'no-sound' : `ffmpeg: ${exit}`);
    const well = killed || (exit === 0 && heardBytes > 0);
    return { heardBytes, failure: well ? null : complaint, complained, pictures };
  });
  // Whoever awaits `finished` sees the failure; nobody may be doing so yet when it comes.
  finished.catch(() => undefined);

  return {
    async write(bytes) {
      if (!accepting) return false;
      if (stdin.write(bytes)) return true;
      // The one that did not come must not be waited for any longer: over a night these would be hundreds of thousands.
      const waiting = new AbortController();
      const { signal } = waiting;
      await Promise.race([once(stdin, 'drain', { signal }), once(stdin, 'close', { signal })]).catch(() => undefined);
      waiting.abort();
      return accepting;
    },
    end() {
      accepting = false;
      stdin.end();
    },
    sound,
    finished,
    durationMs: () => durationMs,
    seen: () => ({ saidLines, pictures }),
    kill() {
      killed = true;
      accepting = false;
      child.kill('SIGKILL');
      placed.close();
      stdin.destroy();
      stdout.destroy();
    },
  };
}

/** Exit status (a signal's name when killed by one), once all three pipes are closed. */
function exitOf(child: ChildProcess, path: string): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new VigieError('ffmpeg-missing', { path }, { cause })));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
}
