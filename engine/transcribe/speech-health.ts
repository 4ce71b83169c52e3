/** Whether sound can be written down at all: what stands in the way, since when, told once as a fact and once when it is over. */
import { isVigieError } from '#shared/errors.ts';
import type { SpeechTrouble } from '#shared/model/system.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';

/** Faults of the machine, not of the sound: the sound waits, and is written down once the machine is put right. */
const troubles = [
  'speech-unavailable',
  'model-missing',
  'model-invalid',
  'model-unexpected',
  'model-too-large',
] as const;

export type SpeechHealth = {
  trouble(): SpeechTrouble | null;
  /** Takes note of a failure and answers whether the sound should wait for repair. */
  failed(error: unknown): boolean;
  works(): void;
};

export function createSpeechHealth(deps: { store: Store; journal: Journal; clock: Clock; log: Log }): SpeechHealth {
  const { store, journal, clock, log } = deps;
  let trouble: SpeechTrouble | null = null;
  const tell = (kind: 'speech.unavailable' | 'speech.available', code: string) => {
    if (!store.readOnly) store.transaction(() => journal.append({ kind, subjectId: 'speech', data: { code } }));
  };
  return {
    trouble: () => trouble,
    failed(error) {
      const code = troubles.find((one) => isVigieError(error, one));
      if (!code || !isVigieError(error)) return false;
      const known = trouble;
      const { detail = '' } = error.data as { detail?: string };
      trouble = { code, detail: detail.slice(0, 300), since: known?.since ?? clock.now() };
      if (known?.code !== code) {
        log.error({ code, detail }, 'speech recognition waits for repair');
        tell('speech.unavailable', code);
      }
      return true;
    },
    works() {
      if (!trouble) return;
      log.info({ code: trouble.code }, 'speech recognition works again');
      const { code } = trouble;
      trouble = null;
      tell('speech.available', code);
    },
  };
}
