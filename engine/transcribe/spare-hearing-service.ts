import type { SpeechRequest } from './speech-engine.ts';
import type { SpeechPool } from './speech-pool.ts';
import { writtenOf } from './written.ts';

/** One hearing on a worker that nobody needs now; rejects with `cancelled` as soon as somebody does, and with what `transcribe` rejects with. */
export type SpareHearing = {
  /** `text`: without what nobody said, as for a segment; empty when nothing was said. */
  hear(request: Omit<SpeechRequest, 'tentative'>): Promise<{ text: string; processingMs: number }>;
  leave(): void;
};

export type SpareHearings = ReturnType<typeof createSpareHearings>;

/** Hearings that must never keep a segment waiting, on the workers of this machine. */
export function createSpareHearings(speech: SpeechPool) {
  return {
    sideBySide: speech.sideBySide,
    /** Null while every worker is needed, or one is lent already. */
    lend(modelPath: string): SpareHearing | null {
      const loan = speech.lend(modelPath);
      return (
        loan && {
          async hear(request) {
            const signal = request.signal ? AbortSignal.any([request.signal, loan.signal]) : loan.signal;
            const transcript = await loan.engine.transcribe({ ...request, tentative: true, signal });
            const { text } = writtenOf(transcript, { start_ms: 0, end_ms: request.pcm.length / 16 });
            return { text, processingMs: transcript.processingMs };
          },
          leave: loan.leave,
        }
      );
    },
  };
}
