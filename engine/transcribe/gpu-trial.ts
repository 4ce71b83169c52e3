/** Proof that a graphics card really writes sound down: one known second through the loaded model. */
import { readFile } from 'node:fs/promises';

import type { Ready, WorkerResult } from './protocol/messages.ts';
import type { Plan } from './worker-plan.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Why a card that is there is not used; `gpu` when it is. */
export type TrialOutcome = 'gpu' | 'not-supported' | 'test-failed';
export type Trial = { outcome: TrialOutcome; detail: string; tookMs: number };

/** What earlier trials found, so that a worker without a card is not loaded twice at each start. */
export type TrialMemory = {
  /** Null for a plan that was never tried here, or whose finding no longer counts. */
  recall(plan: Plan): TrialOutcome | null;
  remember(plan: Plan, trial: Trial): void;
};

/** Remembers nothing. */
export const forgetful: TrialMemory = { recall: () => null, remember: () => undefined };

/** The first use of a card may compile its programs for half a minute; what counts as speed is the second. */
const firstUseMs = 1000;

/** Never rejects: whatever happens is the finding. `soundPath`: a WAV file of 16 kHz mono with a 44-byte head. */
export async function tryCard(process: WorkerProcess, ready: Ready, soundPath: string): Promise<Trial> {
  if (ready.device !== 'gpu') {
    return {
      outcome: 'not-supported',
      detail: `the ${ready.worker} worker computes on ${ready.deviceName}`,
      tookMs: 0,
    };
  }
  try {
    const bytes = (await readFile(soundPath)).subarray(44);
    const pcm = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const hear = () => process.transcribe({ pcm, state: 'self-test', language: 'fr' });
    let result = await hear();
    if (result.processingMs > firstUseMs) result = await hear();
    const wrong = implausible(ready, result);
    return { outcome: wrong ? 'test-failed' : 'gpu', detail: wrong ?? ready.deviceName, tookMs: result.processingMs };
  } catch (error) {
    return { outcome: 'test-failed', detail: (error as Error).message.slice(0, 300), tookMs: 0 };
  }
}

/**
 * What a broken driver looks like: figures that are no numbers (they arrive as null from a worker that always has them), or one symbol
 * over and over, which is how the first entry of the vocabulary reads when every probability is NaN. Null when nothing is wrong.
 */
export function implausible(ready: Pick<Ready, 'worker'>, result: Pick<WorkerResult, 'pieces' | 'meanLogProb'>) {
  const text = result.pieces
    .map((piece) => piece.text)
    .join('')
    .replaceAll(/\s/g, '');
  if (ready.worker === 'native' && text !== '' && result.meanLogProb === null) return 'figures that are no numbers';
  if (text.length >= 4 && new Set(text).size === 1) return 'one symbol over and over';
  return null;
}
