import { describe, expect, it } from 'vitest';
import { type ReferenceSentence, scoreLive } from './score-live.ts';

const reference: ReferenceSentence[] = [
  { start: 1, end: 3, text: 'bonjour à tous.', category: 'neutral' },
  { start: 4, end: 6, text: 'il faut chasser les étrangers.', category: 'hostile' },
  { start: 16, end: 18, text: 'coupez les pommes.', category: 'neutral' },
  { start: 20, end: 22, text: 'renvoyez-les tous chez eux!', category: 'hostile' },
];

const segment = (startMs: number, endMs: number, text: string, quotes: string[] | null) => ({
  startMs,
  endMs,
  text,
  state: 'written' as const,
  alertId: quotes ? 'alert' : null,
  verdict: quotes ? ({ reasons: quotes.map((quote) => ({ rule: 'r', quote, at: 0 })) } as never) : null,
});

describe('a live against its reference', () => {
  it('finds hostile sentences by the alert on their segment, and does not blame their neutral neighbours', () => {
    const score = scoreLive(reference, [
      segment(0, 10_000, 'bonjour à tous. il faut chasser les étrangers.', ['chasser les étrangers']),
      segment(15_000, 23_000, 'coupez les pommes. renvoyez-les tous chez eux!', null),
    ]);
    expect(score).toMatchObject({
      wer: 0,
      hostile: 2,
      hostileAlerted: 1,
      hostileMissed: ['renvoyez-les tous chez eux!'],
      neutral: 2,
      neutralAlerted: 0,
    });
  });

  it('blames an alert that quotes a neutral sentence, or that has nothing hostile near it', () => {
    const quoted = scoreLive(reference, [segment(0, 10_000, 'bonjour à tous.', ['bonjour'])]);
    expect(quoted.neutralAlertedTexts).toEqual(['bonjour à tous.']);
    const alone = scoreLive(reference, [segment(15_000, 19_000, 'coupez les pommes.', [])]);
    expect(alone.neutralAlertedTexts).toEqual(['coupez les pommes.']);
  });

  it('takes filtered text for not written', () => {
    const score = scoreLive(reference.slice(0, 1), [
      { ...segment(0, 4000, 'bonjour à tous.', null), state: 'filtered' },
    ]);
    expect(score.wer).toBe(1);
  });
});
