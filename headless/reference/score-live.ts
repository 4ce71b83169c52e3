import { z } from 'zod';
import type { Segment } from '#shared/model/segment.ts';
import { wordErrors, type WordErrors } from './wer.ts';
import { wordsOf } from './words.ts';

/** A written reference of a recording: what is said when (seconds), and of what kind it is. */
export const referenceFile = z.array(
  z.object({
    start: z.number(),
    end: z.number(),
    text: z.string(),
    category: z.enum(['neutral', 'polemical', 'viral', 'hostile', 'counter']),
  }),
);
export type ReferenceSentence = z.infer<typeof referenceFile>[number];

export type ReferenceScore = WordErrors & {
  hostile: number;
  /** Hostile sentences heard in a segment that raised an alert. */
  hostileAlerted: number;
  neutral: number;
  /** Neutral sentences that an alert is about. */
  neutralAlerted: number;
  /** The sentences behind a bad figure, for whoever has to look. */
  hostileMissed: string[];
  neutralAlertedTexts: string[];
};

type Heard = Pick<Segment, 'startMs' | 'endMs' | 'text' | 'state' | 'alertId' | 'verdict'>;

/**
 * Compares what was written of a live, and what it alerted on, with its reference.
 *
 * A sentence belongs to the segments that hold at least half of it in time. A hostile sentence is found when one of them
 * has an alert. A segment holds several sentences, so an alert on it is about a neutral sentence only when the verdict
 * quotes that sentence, or when nothing hostile or viral is in the segment at all.
 */
export function scoreLive(reference: readonly ReferenceSentence[], segments: readonly Heard[]): ReferenceScore {
  const alerted = segments.filter(({ alertId }) => alertId !== null);
  const inside = (sentence: ReferenceSentence, segment: Heard) => overlapShare(sentence, segment) >= 0.5;
  const hostile = reference.filter(({ category }) => category === 'hostile');
  const neutral = reference.filter(({ category }) => category === 'neutral');

  const hostileMissed = hostile.filter((sentence) => !alerted.some((segment) => inside(sentence, segment)));
  const neutralAlerted = neutral.filter((sentence) =>
    alerted.some((segment) => {
      if (!inside(sentence, segment)) return false;
      const risky = reference.filter(
        (other) => (other.category === 'hostile' || other.category === 'viral') && overlapShare(other, segment) > 0,
      );
      return (
        risky.length === 0 ||
        quotesOf(segment).some((quote) => holds(sentence, quote) && !risky.some((other) => holds(other, quote)))
      );
    }),
  );

  const written = segments.filter(({ state }) => state === 'written');
  return {
    ...wordErrors(reference.map(({ text }) => text).join(' '), written.map(({ text }) => text).join(' ')),
    hostile: hostile.length,
    hostileAlerted: hostile.length - hostileMissed.length,
    neutral: neutral.length,
    neutralAlerted: neutralAlerted.length,
    hostileMissed: hostileMissed.map(({ text }) => text),
    neutralAlertedTexts: neutralAlerted.map(({ text }) => text),
  };
}

function overlapShare(sentence: ReferenceSentence, segment: Heard): number {
  const shared = Math.min(sentence.end * 1000, segment.endMs) - Math.max(sentence.start * 1000, segment.startMs);
  return Math.max(0, shared) / ((sentence.end - sentence.start) * 1000);
}

function quotesOf(segment: Heard): string[] {
  return (segment.verdict?.reasons ?? []).map(({ quote }) => quote).filter((quote) => quote !== '');
}

function holds(sentence: ReferenceSentence, quote: string): boolean {
  return ` ${wordsOf(sentence.text).join(' ')} `.includes(` ${wordsOf(quote).join(' ')} `);
}
