import type { CapacityFigures } from '#shared/model/lane.ts';

/** How many lives this machine can follow, from what was measured on it. Pure. */

export type TimedSegment = { soundMs: number; processingMs: number; windowMs: number };

export type Measured = {
  /** The newest sound written down here with the model in question. */
  timed: readonly TimedSegment[];
  /** Of the newest sound heard: how much went to the recogniser, and how much there was in all, ms. */
  voiceMs: number;
  heardMs: number;
  /** Windows that are heard side by side. */
  sideBySide: number;
};

/** Less than this says nothing about a machine. */
const enoughMs = 60_000;
/** A machine at its limit works in windows that are at least this full: only those tell what sound costs there, if there are enough. */
const fullWindowMs = 10_000;
/** Queues grow without bound as the load nears one (M/D/1): a fifth stays free. */
const usable = 0.8;

/** Work over sound, as at the machine's limit; null: too little was written down here with this model. */
export function realTimeFactorOf(timed: readonly TimedSegment[]): number | null {
  const full = timed.filter(({ windowMs }) => windowMs >= fullWindowMs);
  const sample = soundOf(full) >= enoughMs ? full : timed;
  const soundMs = soundOf(sample);
  if (soundMs < enoughMs) return null;
  return sample.reduce((sum, { processingMs }) => sum + processingMs, 0) / soundMs;
}

/** `lives` 0: not even one. Null: too little was measured here with this model. */
export function capacityOf({ timed, voiceMs, heardMs, sideBySide }: Measured): CapacityFigures | null {
  const realTimeFactor = realTimeFactorOf(timed);
  if (realTimeFactor === null || heardMs < enoughMs) return null;
  const voiceShare = Math.min(1, voiceMs / heardMs);
  // Work that takes no measurable time has no limit of its own; a number this high refuses nobody.
  const load = Math.max(0.001, realTimeFactor * voiceShare);
  return { lives: Math.floor((usable * sideBySide) / load), realTimeFactor, voiceShare };
}

const soundOf = (segments: readonly TimedSegment[]) => segments.reduce((sum, { soundMs }) => sum + soundMs, 0);

/** One live is always followed, however slowly: its lag is shown. */
export const isBeyond = (figures: CapacityFigures | null, running: number): boolean =>
  figures !== null && running >= Math.max(1, figures.lives);
