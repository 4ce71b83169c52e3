/** Containers state their length this far off: packets are not cut to the sample. */
const complainedMs = 500;
/** Without a complaint, lengths that were only estimated are believed less. */
const silentMs = 2_000;
const silentShare = 0.01;

/**
 * What a source that has an end still owes: ms between what was heard and the length it states, and whether parts of it could not be read.
 * Pictures may be longer than the sound; then only a complaint of the decoder tells that something is missing.
 */
export function brokenOff(heard: {
  heardMs: number;
  /** Null: the source does not state it. */
  sourceMs: number | null;
  complained: boolean;
  pictures: boolean;
}): { damaged: boolean; missingMs: number } {
  const { heardMs, sourceMs, complained, pictures } = heard;
  const shortMs = Math.max(0, (sourceMs ?? 0) - heardMs);
  if (complained) return { damaged: true, missingMs: shortMs > complainedMs ? shortMs : 0 };
  const short = !pictures && shortMs > Math.max(silentMs, silentShare * (sourceMs ?? 0));
  return { damaged: short, missingMs: short ? shortMs : 0 };
}
