import type { Word } from '#shared/model/segment.ts';
import type { WrittenText } from '../lives/segments-store.ts';
import { cleanTranscript } from './clean.ts';
import type { SpokenWord, Transcript } from './speech-engine.ts';

const milli = (value: number | null) => (value === null ? null : Math.round(value * 1000));

/** What a transcript becomes as a segment: text that was said, and apart from it text that was filtered. Times move to the live's timeline. */
export function writtenOf(
  transcript: Transcript,
  segment: { start_ms: number; end_ms: number },
): Omit<WrittenText, 'speechModelId' | 'windowMs' | 'processingMs'> {
  const soundMs = segment.end_ms - segment.start_ms;
  const { kept, filtered } = cleanTranscript(transcript, soundMs);
  const shift = (word: SpokenWord): Word => ({
    text: word.text,
    startMs: segment.start_ms + Math.min(soundMs, word.startMs),
    endMs: segment.start_ms + Math.min(soundMs, word.endMs),
    probabilityBp: word.probabilityBp,
  });
  const text = kept
    .map((piece) => piece.text.trim())
    .filter((piece) => piece !== '')
    .join(' ');
  return {
    state: text !== '' ? 'written' : filtered.length > 0 ? 'filtered' : 'silent',
    text,
    language: text === '' ? null : transcript.language,
    words: kept.flatMap((piece) => piece.words.map(shift)),
    filtered: filtered.map(({ text: said, reason }) => ({ text: said.trim(), reason })),
    trust: {
      noSpeechBp: transcript.noSpeechBp,
      meanLogProbMilli: milli(transcript.meanLogProb),
      compressionRatioMilli: milli(transcript.compressionRatio),
      speechMs: transcript.speechMs,
    },
  };
}
