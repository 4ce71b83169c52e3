/** From a worker's answer to what the engine keeps. Pure. */
import { deflateSync } from 'node:zlib';

import type { WorkerResult } from './protocol/messages.ts';
import { placeWords, tightenPiece, voiceWithin } from './word-times.ts';

export type SpokenWord = { text: string; startMs: number; endMs: number; probabilityBp: number };

/** `meanLogProb`: natural logarithm averaged over text tokens, null from a worker that cannot know (then `words` is empty too). */
export type SpokenPiece = {
  text: string;
  startMs: number;
  endMs: number;
  words: SpokenWord[];
  noSpeechBp: number | null;
  meanLogProb: number | null;
  /** Voice inside the piece, ms. */
  speechMs: number | null;
};

/** What was heard in one sound. Times are ms from its start; `null` means "cannot be known", never zero. */
export type Transcript = {
  text: string;
  /** Two letters, or `und` when `auto` heard nothing. */
  language: string;
  languageProbabilityBp: number | null;
  pieces: SpokenPiece[];
  noSpeechBp: number | null;
  meanLogProb: number | null;
  compressionRatio: number;
  speechMs: number | null;
  processingMs: number;
  /** Who wrote it down, when it was not the worker of this model here. */
  by?: { worker: 'remote'; library: string; device: 'remote'; modelName: string };
};

export function toTranscript(result: WorkerResult): Transcript {
  const pieces = result.pieces.map((piece): SpokenPiece => {
    const place = tightenPiece(piece, result.speech);
    // A word without a probability would need an invented one: better no words than that.
    const words = piece.words.flatMap(({ text, probability }) => (probability === null ? [] : [{ text, probability }]));
    const times = placeWords(
      words.map((word) => word.text),
      place,
      result.speech,
    );
    return {
      text: piece.text.trim(),
      ...place,
      words: words.map((word, index) => ({
        text: word.text,
        startMs: times[index]?.startMs ?? place.startMs,
        endMs: times[index]?.endMs ?? place.endMs,
        probabilityBp: basisPoints(word.probability) ?? 0,
      })),
      noSpeechBp: basisPoints(piece.noSpeech),
      meanLogProb: piece.meanLogProb,
      speechMs: voiceWithin(piece, result.speech),
    };
  });
  const text = pieces
    .map((piece) => piece.text)
    .filter((part) => part !== '')
    .join(' ');
  return {
    text,
    language: result.language,
    languageProbabilityBp: basisPoints(result.languageProbability),
    pieces,
    noSpeechBp: basisPoints(result.noSpeech),
    meanLogProb: result.meanLogProb,
    compressionRatio: compressionRatio(text),
    speechMs: result.speech?.reduce((sum, span) => sum + span.endMs - span.startMs, 0) ?? null,
    processingMs: result.processingMs,
  };
}

/**
 * Bytes of the text over bytes of the text compressed by zlib, as in OpenAI's whisper/decoding.py; above 2.4 it calls a text
 * repetitive. 0 for an empty text.
 */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length;
}

function basisPoints(probability: number | null): number | null {
  return probability === null ? null : Math.round(probability * 10_000);
}
