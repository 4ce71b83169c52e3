import { isVigieError } from '#shared/errors.ts';
import { joinSound, nextPack, type Packable, splitTranscript } from './pack.ts';
import type { SpeechEngine, SpeechRequest } from './speech-engine.ts';
import type { Transcript } from './transcript.ts';

export type PackedRequest = SpeechRequest & { startMs: number };

export type PackedSpeech = Omit<SpeechEngine, 'transcribe'> & {
  transcribe(request: PackedRequest): Promise<Transcript>;
};

/**
 * Longest sound sent at once. Half of Whisper's window: on the demo live this gives the text of one segment at a time for less than half of
 * its cost, whereas full windows of 28 s lose a sentence.
 */
export const packMs = 15_000;

type Waiting = Packable & PackedRequest & { settle(transcript: Transcript): void; fail(error: unknown): void };

/**
 * A speech engine that writes a backlog down in full windows. A request that finds nobody waiting goes alone and at once, so a live
 * that is kept up with is not slowed down; those that come meanwhile go together.
 */
export function packSpeech(engine: SpeechEngine, maxMs = packMs): PackedSpeech {
  let waiting: Waiting[] = [];
  let busy = false;

  async function next(): Promise<void> {
    waiting = waiting.filter(({ signal }) => !signal?.aborted);
    const indexes = nextPack(waiting, maxMs);
    const pack = indexes.flatMap((index) => waiting[index] ?? []);
    waiting = waiting.filter((_request, index) => !indexes.includes(index));
    if (pack.length > 1) return together(pack);
    return pack[0] ? alone(pack[0]) : undefined;
  }

  async function alone(request: Waiting): Promise<void> {
    await engine.transcribe(request).then(request.settle, request.fail);
  }

  async function together(pack: Waiting[]): Promise<void> {
    const [first] = pack;
    if (!first) return;
    try {
      const whole = await engine.transcribe({
        pcm: joinSound(pack),
        language: first.language,
        liveId: first.liveId,
        prompt: first.prompt,
      });
      const parts = splitTranscript(
        whole,
        pack.map(({ pcm }) => pcm.length / 16),
      );
      pack.forEach((request, index) => {
        const part = parts[index];
        if (part) request.settle(part);
      });
    } catch (error) {
      if (!isVigieError(error, 'speech-failed')) return pack.forEach(({ fail }) => fail(error));
      // One of them may be what the worker died of; the others must not pay for it.
      for (const request of pack) await alone(request);
    }
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      while (waiting.length > 0) await next();
    } finally {
      busy = false;
    }
  }

  return {
    ...engine,
    transcribe: (request) =>
      new Promise((resolve, reject) => {
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason as Error), { once: true });
        waiting.push({ ...request, settle: resolve, fail: reject });
        work().catch(reject);
      }),
  };
}
