/** A server's verbose answer as the transcript every engine gives. Pure. */
import { z } from 'zod';
import { compressionRatio, type SpokenPiece, type Transcript } from '../transcript.ts';

const seconds = z.number().min(0).max(3600);

/** The fields that matter; a server may add others. Figures that are absent stay unknown, they are never taken for good ones. */
export const verboseAnswer = z.object({
  text: z.string().max(20_000),
  language: z.string().max(40).nullish(),
  segments: z
    .array(
      z.object({
        text: z.string().max(10_000),
        start: seconds,
        end: seconds,
        avg_logprob: z.number().max(0.001).nullish(),
        no_speech_prob: z.number().min(0).max(1).nullish(),
      }),
    )
    .max(1000)
    .nullish(),
});
export type VerboseAnswer = z.infer<typeof verboseAnswer>;

/** OpenAI names languages in English, Groq and others by their code. */
const codes: Record<string, string> = { french: 'fr', english: 'en' };

/**
 * @param asked language of the question; kept when the server does not say what it heard
 * @param soundMs length of what was sent; times beyond it are cut back
 */
export function remoteTranscript(
  answer: VerboseAnswer,
  asked: { language: 'fr' | 'en' | 'auto'; soundMs: number; processingMs: number },
): Transcript {
  const clamp = (s: number) => Math.min(asked.soundMs, Math.round(s * 1000));
  const told = answer.segments ?? [{ text: answer.text, start: 0, end: asked.soundMs / 1000 }];
  const pieces = told
    .map((segment): SpokenPiece & { tokens: number } => ({
      text: segment.text.trim(),
      startMs: clamp(segment.start),
      endMs: Math.max(clamp(segment.start), clamp(segment.end)),
      // Servers give words times but no probabilities; a probability would have to be invented.
      words: [],
      noSpeechBp: basisPoints('no_speech_prob' in segment ? segment.no_speech_prob : null),
      meanLogProb: ('avg_logprob' in segment ? segment.avg_logprob : null) ?? null,
      speechMs: null,
      tokens: segment.text.length,
    }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.startMs - b.startMs);
  const text = pieces.map((piece) => piece.text).join(' ');
  const named = answer.language?.toLowerCase() ?? '';
  const fallback = asked.language === 'auto' ? 'und' : asked.language;
  return {
    text,
    language: codes[named] ?? (/^[a-z]{2}$/.test(named) ? named : fallback),
    languageProbabilityBp: null,
    pieces: pieces.map(({ tokens: _tokens, ...piece }) => piece),
    noSpeechBp: weighted(pieces, (piece) => piece.noSpeechBp),
    meanLogProb: weighted(pieces, (piece) => piece.meanLogProb, false),
    compressionRatio: compressionRatio(text),
    speechMs: null,
    processingMs: asked.processingMs,
  };
}

/** Mean of a figure, each piece counted by the length of its text; null as soon as one piece does not know it. */
function weighted<T extends { tokens: number }>(
  pieces: readonly T[],
  figure: (piece: T) => number | null,
  whole = true,
): number | null {
  let sum = 0;
  let weight = 0;
  for (const piece of pieces) {
    const value = figure(piece);
    if (value === null) return null;
    sum += value * piece.tokens;
    weight += piece.tokens;
  }
  if (weight === 0) return null;
  return whole ? Math.round(sum / weight) : sum / weight;
}

const basisPoints = (probability: number | null | undefined): number | null =>
  probability == null ? null : Math.round(probability * 10_000);
