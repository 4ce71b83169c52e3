/**
 * Whether a model may be run over the sound alone instead of over 30 s with padding. Pure.
 *
 * Whisper is trained on 30 s windows. Run over less, the encoder costs less, but models that never saw a short window may repeat what was
 * said two or three times (voxtype#124 saw it with large-v3-turbo; futo-org/whisper-acft trains it away), and an invented repetition is
 * worse here than a slow one. So a model gets the fitted window when it was measured to keep its accuracy (`npm run bench -- padding`), or
 * when a person sets it; every other model hears whole windows.
 */
const measured = new Set([
  // ggml-vigie-micro.bin: 0 wrong words of 396 on the two demo lives, with and without.
  '52d7e9be3a331f314ff05696b595f3252d3b5563a5d691daf982167fdbac2c1c',
]);

/** @param digest SHA-256 of the model file, hex */
export function windowOf(digest: string): 'fit' | 'full' {
  return measured.has(digest) ? 'fit' : 'full';
}
