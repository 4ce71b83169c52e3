import os from 'node:os';
import type { ModelFit } from '#shared/model/speech-model.ts';

/**
 * Bytes beside the weights, by width of the encoder: "Mem" less "Disk" of the table in whisper.cpp's README ("Memory usage", 1.9.1), for
 * tiny, base, small, medium and large.
 */
const workingBytes = [
  [384, 194_000_000],
  [512, 239_000_000],
  [768, 363_000_000],
  [1024, 566_000_000],
  [Infinity, 805_000_000],
] as const;

/** What the system and the rest of Vigie need, ffmpeg and database included. */
const reservedBytes = 1_500_000_000;

/** Memory of a loaded model in bytes: its weights, and what whisper.cpp works in. */
export function needOf(model: { sizeBytes: number; width: number }): number {
  const working = workingBytes.find(([width]) => model.width <= width)![1];
  return model.sizeBytes + working;
}

/**
 * Whether a model fits this machine. Told from all of the memory, not from what is free now: a choice that depended on the minute would
 * give two lives of one evening two models. Over half of the memory the machine may begin to swap.
 */
export function fitOf(needBytes: number, memoryBytes: number): ModelFit {
  if (needBytes > memoryBytes - reservedBytes) return 'too-large';
  return needBytes > memoryBytes / 2 ? 'tight' : 'fits';
}

/** Memory of this machine, or of the container that it is held in. */
export function machineMemoryBytes(): number {
  const held = process.constrainedMemory();
  return held > 0 ? Math.min(held, os.totalmem()) : os.totalmem();
}
