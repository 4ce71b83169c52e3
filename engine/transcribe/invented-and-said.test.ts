/** Reliability A3: 500 invented outputs against 500 genuine ones. Marker, figures and length are judged together. */
import { expect, test } from 'vitest';

import { cleanTranscript } from './clean.ts';
import { plainText } from './credits.ts';
import { invented, loopsFrom } from './fixtures/invented.ts';
import { said } from './fixtures/said.ts';
import { transcriptOf } from './fixtures/transcript-case.ts';

const clean = ({ texts, figures }: (typeof said)[number]) =>
  cleanTranscript(transcriptOf(texts, figures), figures.soundMs ?? 15_000);
const textOf = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join(' ');

test('there are 500 of each, all different', () => {
  for (const cases of [invented, said]) expect(new Set(cases.map((one) => JSON.stringify(one))).size).toBe(500);
});

test('500 of 500 invented texts are detected, and stay visible with their reason', () => {
  const undetected = invented.slice(0, loopsFrom).filter((one) => clean(one).kept.length > 0);
  expect(undetected).toEqual([]);
  for (const one of invented.slice(0, loopsFrom))
    expect(textOf(clean(one).filtered)).toBe(textOf(one.texts.map((text) => ({ text }))));

  // Of a loop the first turn may have been said: what counts is that it does not come twice.
  const loops = invented.slice(loopsFrom);
  const uncut = loops.filter((one) => {
    const { kept, filtered } = clean(one);
    const all = plainText(one.texts.join(' ')).split(' ').length;
    const left = plainText(textOf(kept)).split(' ').length;
    return filtered.length === 0 || left > Math.max(all / 3, 12);
  });
  expect(uncut).toEqual([]);
});

test('0 of 500 genuine texts lose a word', () => {
  const dropped = said.filter((one) => clean(one).filtered.length > 0);
  expect(
    dropped.map(({ texts, figures }) => ({
      texts,
      figures,
      reasons: clean({ texts, figures }).filtered.map(({ reason }) => reason),
    })),
  ).toEqual([]);
});
