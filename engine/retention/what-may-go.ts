/** A stretch of a live's timeline, ms, end excluded. */
export type Stretch = { startMs: number; endMs: number };

/** Sound around a reason to look stays for this long on either side: a clip that can be understood. */
export const clipMarginMs = 30_000;

/** What is known of a live when its sound is looked at. */
export type SoundCase = {
  /** The person's choice, or that of the watch: all of its sound stays. */
  keepAudio: boolean;
  /** Nothing more is heard of it and nothing of it waits for its words. */
  over: boolean;
  endedAt: number | null;
  /** Sound as it lies on disk. What goes, goes by whole files: evidence is never rewritten. */
  files: readonly Stretch[];
  /** `settled`: its words are there (or there was nothing to hear) and were weighed. */
  segments: readonly (Stretch & { settled: boolean })[];
  alerts: readonly (Stretch & { open: boolean })[];
  /** Moments that somebody noted or bookmarked, and passages whose text somebody corrected. */
  notes: readonly Stretch[];
};

/** Why nothing goes now. `kept`: it was chosen so · `running`: not over · `early`: not long enough ago · `review`: somebody still has to decide. */
export type SoundWait = 'kept' | 'running' | 'early' | 'review';

export type SoundPlan = { wait: SoundWait } | { wait: null; drop: Stretch[]; keep: Stretch[] };

/**
 * Which sound of a live may be erased. Never: sound without weighed words, sound that no segment covers, anything within `clipMarginMs` of an
 * alert, of a note or of what is not settled, and nothing at all while an alert of the live is open. In doubt it stays.
 * @param afterMs how long after its end a live keeps all of its sound
 */
export function whatMayGo(live: SoundCase, nowMs: number, afterMs: number): SoundPlan {
  if (live.keepAudio) return { wait: 'kept' };
  if (!live.over || live.endedAt === null) return { wait: 'running' };
  if (!(nowMs - live.endedAt >= afterMs)) return { wait: 'early' };
  if (live.alerts.some(({ open }) => open)) return { wait: 'review' };
  const needed = [...live.alerts, ...live.notes, ...live.segments.filter(({ settled }) => !settled)].map(
    ({ startMs, endMs }) => ({
      startMs: startMs - clipMarginMs,
      endMs: endMs + clipMarginMs,
    }),
  );
  const settled = merged(live.segments.filter((segment) => segment.settled));
  const mayGo = (file: Stretch) =>
    file.endMs > file.startMs &&
    !needed.some((clip) => overlaps(clip, file)) &&
    settled.some((stretch) => stretch.startMs <= file.startMs && file.endMs <= stretch.endMs);
  return { wait: null, drop: merged(live.files.filter(mayGo)), keep: live.files.filter((file) => !mayGo(file)) };
}

export const overlaps = (a: Stretch, b: Stretch): boolean => a.startMs < b.endMs && b.startMs < a.endMs;
export const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/** Stretches that touch become one. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const made: Stretch[] = [];
  for (const { startMs, endMs } of [...stretches].sort((a, b) => a.startMs - b.startMs)) {
    const last = made.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else made.push({ startMs, endMs });
  }
  return made;
}

/** The first part of a stretch that nothing was erased of; null when all of it was. */
export function keptPart(wanted: Stretch, erased: readonly Stretch[]): Stretch | null {
  let { startMs } = wanted;
  for (const gone of merged(erased)) {
    if (gone.endMs <= startMs) continue;
    if (gone.startMs > startMs) return { startMs, endMs: Math.min(wanted.endMs, gone.startMs) };
    startMs = gone.endMs;
    if (startMs >= wanted.endMs) return null;
  }
  return { startMs, endMs: wanted.endMs };
}
