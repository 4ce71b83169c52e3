import type { WorkerResult } from './protocol/messages.ts';

/** This many sounds in a row, surely in one language, and it is taken for the live's own. */
const agreeing = 3;
const sure = 0.8;

/** What is known of the language of a live that is heard in `auto`. */
export type LanguageLock = {
  /** Asked for instead of `auto`; null: it is looked for anew in each sound. */
  locked: string | null;
  /** The language of the last sounds that were sure, and how many they were in a row. */
  candidate: string | null;
  count: number;
};

export const unlocked: LanguageLock = { locked: null, candidate: null, count: 0 };

type Heard = Pick<WorkerResult, 'language' | 'languageProbability' | 'heardLanguage' | 'pieces'>;

/**
 * The lock after one more sound. Finding the language costs a run of the encoder and goes wrong on short sounds, so that a live in which it
 * has been found three times is not asked again; what each sound is *like* is known for nothing, and three in a row that are surely
 * like another language move the lock. A sound without words says nothing. A worker that tells no certainty never locks.
 */
export function lockAfter(lock: LanguageLock, heard: Heard): LanguageLock {
  const found = surelyIn(heard);
  if (found === null) return lock;
  const count = found === lock.candidate ? lock.count + 1 : 1;
  return { locked: count >= agreeing ? found : lock.locked, candidate: found, count };
}

/** Whether a sound that was asked for in the locked language is surely in another one: it is heard again without the lock. */
export function contradicts(lock: LanguageLock, heard: Heard): boolean {
  const found = surelyIn(heard);
  return lock.locked !== null && found !== null && found !== lock.locked;
}

function surelyIn({ language, languageProbability, heardLanguage, pieces }: Heard): string | null {
  if (!pieces.some(({ text }) => text.trim() !== '')) return null;
  if (languageProbability !== null) return languageProbability >= sure ? language : null;
  return heardLanguage !== null && heardLanguage.probability >= sure ? heardLanguage.language : null;
}
