import { forcedCut, placeIn } from './cut-place.ts';
import { createFrameClassifier, type Frame, frameMs, frameSamples } from './frames.ts';
import { samplesPerMs, sizeBp } from './pcm.ts';

/** As long as nobody wants another length. */
export const maxSegmentMs = 15_000;
export const minSegmentMs = 1_000;

/** A stretch of sound to be transcribed as one. `speechLikely` false: nothing in it rises above the background. */
export type CutSegment = { startMs: number; endMs: number; peakBp: number; speechLikely: boolean };

export type Segmenter = {
  /** Takes the next sound, of any length; answers the segments that are now complete, in order. */
  push(samples: Int16Array): CutSegment[];
  /** The sound ends here: what is left, whatever its length (sound is expected in whole ms). Leaves the segmenter empty. */
  flush(): CutSegment[];
  /** Where the segment that is still open begins. */
  readonly openMs: number;
  /** Of the open segment: sound above the background so far, and how long there has been none at its end, ms. */
  readonly open: { voicedMs: number; quietMs: number };
};

const minFrames = minSegmentMs / frameMs;
/** Fewer loud frames than this are a click. */
const soundFrames = 10;
/** After this much of nothing, a segment begins anew just before the sound that ends it. */
const longQuietFrames = 500;

/**
 * The pause that ends a segment, in frames: 450 ms up to 4 s of length, then ever less, 200 ms from 12 s on; of segments that may be longer
 * or shorter than 15 s, in proportion.
 */
export function requiredPauseFrames(lengthFrames: number, maxMs = maxSegmentMs): number {
  const maxFrames = maxMs / frameMs;
  const part = Math.min(1, Math.max(0, lengthFrames / maxFrames - 4 / 15) / (8 / 15));
  return Math.round(45 - 25 * part);
}

/**
 * Cuts sound at pauses: segments tile it completely, last 1 s to `maxMs` (the last one may be shorter), and are cut inside a word
 * only where that long a stretch holds no pause at all. Pure and deterministic. `before` is sound that precedes `startMs`, already cut: it only
 * teaches the background level.
 */
export function createSegmenter(options: { startMs: number; before?: Int16Array; maxMs?: number }): Segmenter {
  const maxMs = options.maxMs ?? maxSegmentMs;
  const maxFrames = maxMs / frameMs;
  const classify = createFrameClassifier();
  const before = options.before ?? new Int16Array(0);
  for (let at = 0; at + frameSamples <= before.length; at += frameSamples) classify(before, at);

  let openMs = options.startMs;
  let rest: Int16Array = new Int16Array(0);
  let frames: Frame[] = [];
  let loud = 0;
  let firstLoud = -1;
  let quietRun = 0;

  const restart = () => {
    frames = [];
    loud = 0;
    firstLoud = -1;
    quietRun = 0;
  };

  /** Adds one frame to the open segment; answers where the segment ends, in frames, once that is known. */
  const take = (frame: Frame): number | null => {
    frames.push(frame);
    if (frame.loud) {
      if (firstLoud < 0) firstLoud = frames.length - 1;
      loud += 1;
      quietRun = 0;
    } else {
      quietRun += 1;
      // A lone click is forgotten, or the silence around it would count as sound.
      if (loud < soundFrames && quietRun > soundFrames) {
        loud = 0;
        firstLoud = -1;
      }
    }
    const length = frames.length;
    if (loud === soundFrames && frame.loud && firstLoud >= longQuietFrames) {
      return placeIn({ from: 0, to: firstLoud });
    }
    if (loud >= soundFrames && quietRun >= requiredPauseFrames(length, maxMs)) {
      const place = length - (quietRun >> 1);
      if (place >= minFrames) return place;
    }
    return length >= maxFrames ? forcedCut(frames, minFrames) : null;
  };

  const close = (kept: readonly Frame[], lengthMs: number, extraPeak = 0): CutSegment => {
    const peak = kept.reduce((most, frame) => Math.max(most, frame.peak), extraPeak);
    const heard = kept.reduce((count, frame) => count + (frame.loud ? 1 : 0), 0);
    const segment = {
      startMs: openMs,
      endMs: openMs + lengthMs,
      peakBp: sizeBp(peak),
      speechLikely: heard >= soundFrames,
    };
    openMs = segment.endMs;
    return segment;
  };

  const pushFrames = (incoming: Frame[]): CutSegment[] => {
    const done: CutSegment[] = [];
    const queue = incoming.slice().reverse();
    for (let frame = queue.pop(); frame; frame = queue.pop()) {
      const place = take(frame);
      if (place === null) continue;
      const after = frames.slice(place);
      done.push(close(frames.slice(0, place), place * frameMs));
      restart();
      for (const again of after.reverse()) queue.push(again);
    }
    return done;
  };

  return {
    push(samples) {
      const all = rest.length === 0 ? samples : joined(rest, samples);
      const incoming: Frame[] = [];
      let at = 0;
      for (; at + frameSamples <= all.length; at += frameSamples) incoming.push(classify(all, at));
      rest = all.slice(at);
      return pushFrames(incoming);
    },
    flush() {
      const restMs = Math.floor(rest.length / samplesPerMs);
      const lengthMs = frames.length * frameMs + restMs;
      const restPeak = rest.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const last = lengthMs > 0 ? [close(frames, lengthMs, restPeak)] : [];
      rest = new Int16Array(0);
      restart();
      return last;
    },
    get openMs() {
      return openMs;
    },
    get open() {
      return { voicedMs: loud * frameMs, quietMs: quietRun * frameMs };
    },
  };
}

function joined(a: Int16Array, b: Int16Array): Int16Array {
  const all = new Int16Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
