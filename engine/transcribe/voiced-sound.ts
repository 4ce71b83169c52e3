/**
 * What of a sound is given to the recogniser, and how times come back from there. Pure. The rules and their reasons are those of
 * native/voice.cpp, which does the same for the native worker.
 */
import type { Span } from './word-times.ts';

const preRollMs = 400;
const hangoverMs = 400;
const leastCutMs = 1000;
/** 2^-11 of full scale. */
const quietest = 16;
const bytesPerMs = 32;

/** False for a sound in which nothing reaches -66 dB: voice detection has nothing to find there. `sound`: s16le. */
export function anySound(sound: Uint8Array): boolean {
  const view = new DataView(sound.buffer, sound.byteOffset, sound.byteLength);
  for (let at = 0; at + 1 < sound.length; at += 2) if (Math.abs(view.getInt16(at, true)) >= quietest) return true;
  return false;
}

/** Voice with its surroundings; pauses that are not worth taking out stay in. In order, apart from each other, ms. */
export function heardStretches(voiced: readonly Span[], soundMs: number): Span[] {
  const heard: Span[] = [];
  for (const span of voiced.toSorted((a, b) => a.startMs - b.startMs)) {
    const wide = {
      startMs: Math.max(0, span.startMs - preRollMs),
      endMs: Math.min(soundMs, span.endMs + hangoverMs),
    };
    const last = heard.at(-1);
    if (last && wide.startMs - last.endMs < leastCutMs) last.endMs = Math.max(last.endMs, wide.endMs);
    else heard.push(wide);
  }
  const [first, last] = [heard[0], heard.at(-1)];
  if (first && first.startMs < leastCutMs) first.startMs = 0;
  if (last && soundMs - last.endMs < leastCutMs) last.endMs = soundMs;
  return heard;
}

/** The heard stretches of a sound one after the other. Its last one goes to the very end, half milliseconds included. */
export function joinStretches(sound: Uint8Array, heard: readonly Span[]): Uint8Array {
  const soundMs = sound.length / bytesPerMs;
  const parts = heard.map(({ startMs, endMs }) =>
    sound.subarray(Math.round(startMs) * bytesPerMs, endMs >= soundMs ? sound.length : Math.round(endMs) * bytesPerMs),
  );
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A moment of the joined sound as a moment of the whole one, ms. On a seam an end belongs to the stretch before, a start to the one after. */
export function momentInSound(heard: readonly Span[], joinedMs: number, side: 'start' | 'end'): number {
  let left = joinedMs;
  for (const [index, { startMs, endMs }] of heard.entries()) {
    const length = endMs - startMs;
    const inside = left < length || (left === length && side === 'end') || index === heard.length - 1;
    if (inside) return startMs + Math.min(left, length);
    left -= length;
  }
  return 0;
}
