import type { CapacityFigures } from '#shared/model/lane.ts';

/** Whether sound that is not cut yet is worth hearing now. Pure. */

/** This much voice before the first words are tried: less makes a recogniser guess. */
export const firstVoiceMs = 500;
/** New voice, and new sound, before it is heard again. */
export const newVoiceMs = 250;
export const newSoundMs = 700;
/** A pause as long as this is about to become a cut: the worker is kept for the segment. */
export const pauseMs = 250;
/** Of the machine's time: what committed text is never asked to give up (lanes/capacity.ts keeps as much free). */
const usable = 0.8;
/** As long as nothing has been measured here. */
const unknownShare = 0.5;
/** Less is not worth a hearing. */
const leastShare = 0.1;

export type Candidate = {
  open: { startMs: number; endMs: number; voicedMs: number; quietMs: number };
  /** What the last hearing of this live was given; null: none yet. */
  heard: { startMs: number; endMs: number; voicedMs: number } | null;
};

/** Enough is new in the sound, and its speaker goes on. */
export function isRipe({ open, heard }: Candidate): boolean {
  if (open.voicedMs < firstVoiceMs || open.quietMs >= pauseMs) return false;
  if (heard === null || heard.startMs !== open.startMs) return true;
  return open.endMs - heard.endMs >= newSoundMs && open.voicedMs - heard.voicedMs >= newVoiceMs;
}

/**
 * The share of one worker's time that may go to text that is thrown away: what committed text leaves, with a fifth kept free; 0 when that is
 * next to nothing.
 * @param running lives that are captured
 */
export function spareShare(figures: CapacityFigures | null, running: number, sideBySide: number): number {
  if (figures === null) return running > 1 ? 0 : unknownShare;
  const load = (Math.max(1, running) * figures.realTimeFactor * figures.voiceShare) / Math.max(1, sideBySide);
  const share = usable - load;
  return share < leastShare ? 0 : share;
}

/** How long a worker is left alone after a hearing that took `costMs`, so that hearings take no more than `share` of its time. */
export function restMs(costMs: number, share: number): number {
  return share <= 0 ? Number.POSITIVE_INFINITY : costMs * (1 / share - 1);
}
