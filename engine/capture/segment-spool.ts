import { samplesPerMs } from './pcm.ts';
import { createSegmenter, type CutSegment, type Segmenter } from './segmenter.ts';
import { listSpool, readSound } from './spool-read.ts';

const pieceMs = 10_000;
/** Sound before a restart that teaches the segmenter its background level. */
const beforeMs = 10_000;

/** A segmenter that goes on at `startMs`, having heard what the spool holds before. `maxMs`: longest segment. */
export async function segmenterAt(dir: string, startMs: number, maxMs: number): Promise<Segmenter> {
  const before = await readSound(dir, Math.max(0, startMs - beforeMs), startMs);
  // A hole reads as digital silence, which would teach a background that is far too quiet.
  const firstSound = before.findIndex((sample) => sample !== 0);
  return createSegmenter({ startMs, maxMs, before: firstSound < 0 ? undefined : before.subarray(firstSound) });
}

/**
 * Cuts the sound that lies in the spool beyond `fromMs`, hole by hole (a hole was declared when it was made), and answers the segmenter
 * with the last, still open segment in it.
 */
export async function segmentSpool(
  dir: string,
  fromMs: number,
  maxMs: number,
  onSegment: (segment: CutSegment) => void,
): Promise<Segmenter> {
  let segmenter = await segmenterAt(dir, fromMs, maxMs);
  let atMs = fromMs;
  for (const file of await listSpool(dir)) {
    if (file.endMs <= atMs) continue;
    if (file.startMs > atMs) {
      segmenter.flush().forEach(onSegment);
      atMs = file.startMs;
      segmenter = await segmenterAt(dir, atMs, maxMs);
    }
    for (; atMs < file.endMs; atMs = Math.min(file.endMs, atMs + pieceMs)) {
      const sound = await readSound(dir, atMs, Math.min(file.endMs, atMs + pieceMs));
      if (sound.length !== (Math.min(file.endMs, atMs + pieceMs) - atMs) * samplesPerMs)
        throw new RangeError('short read');
      segmenter.push(sound).forEach(onSegment);
    }
  }
  return segmenter;
}

/** Segments all that is left in the spool of a source that cannot be resumed (stdin): the last piece is closed as it is. */
export async function segmentRemainder(
  dir: string,
  segmentedMs: number,
  maxMs: number,
  onSegment: (segment: CutSegment) => void,
): Promise<void> {
  const segmenter = await segmentSpool(dir, segmentedMs, maxMs, onSegment);
  segmenter.flush().forEach(onSegment);
}
