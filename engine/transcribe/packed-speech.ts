import { isVigieError } from '#shared/errors.ts';
import { joinSound, splitTranscript } from './pack.ts';
import type { SpeechEngine, SpeechRequest } from './speech-engine.ts';
import type { Transcript } from './transcript.ts';

/**
 * Longest sound sent at once. Half of Whisper's window: on the demo live this gives the text of one segment at a time for less than half of
 * its cost, whereas full windows of 28 s lose a sentence.
 */
export const packMs = 15_000;

/**
 * Hears several sounds of one live as one and gives each its share of the text; one alone goes as it is. When the worker dies over them
 * each is tried alone, so that only the one it cannot bear fails.
 * @param sounds in the order they were said, not longer than the recogniser's window in all
 * @returns one answer per sound
 */
export async function hearTogether(
  engine: Pick<SpeechEngine, 'transcribe'>,
  sounds: readonly Int16Array[],
  request: Omit<SpeechRequest, 'pcm'>,
): Promise<PromiseSettledResult<Transcript>[]> {
  const alone = (pcm: Int16Array) =>
    engine.transcribe({ ...request, pcm }).then(
      (value): PromiseFulfilledResult<Transcript> => ({ status: 'fulfilled', value }),
      (reason: unknown): PromiseRejectedResult => ({ status: 'rejected', reason }),
    );
  if (sounds.length <= 1) return Promise.all(sounds.map(alone));
  try {
    const whole = await engine.transcribe({ ...request, pcm: joinSound(sounds) });
    const parts = splitTranscript(
      whole,
      sounds.map(({ length }) => length / 16),
    );
    return parts.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (!isVigieError(reason, 'speech-failed')) return sounds.map(() => ({ status: 'rejected', reason }));
    const answers: PromiseSettledResult<Transcript>[] = [];
    for (const pcm of sounds) answers.push(await alone(pcm));
    return answers;
  }
}
