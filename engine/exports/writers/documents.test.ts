import { expect, test } from 'vitest';
import { transcriptDocument } from '#shared/model/transcript-document.ts';
import { fixtureDocument } from '../fixtures/document.ts';
import { showUnsafe } from './clean-text.ts';
import { write as writeJson } from './json.ts';
import { write as writeTxt } from './txt.ts';
import { createWords } from './words.ts';

test('JSON reads back as the document itself, one segment per line', () => {
  const document = fixtureDocument({ segments: 30 });
  const json = writeJson(document);
  expect(transcriptDocument.parse(JSON.parse(json))).toEqual(document);
  expect(json.split('\n').filter((line) => line.includes('"startMs"') && line.includes('"trust"'))).toHaveLength(30);
});

test('JSON keeps any text whole', () => {
  const texts = ['\u0000 \ud800 \u2028 </script> " \\ \u202e'];
  const document = fixtureDocument({ segments: 1, texts, words: false });
  expect(JSON.parse(Buffer.from(writeJson(document)).toString()).segments[0].text).toBe(texts[0]);
});

test('TXT says who, when, how risky, what was decided and what was undone', () => {
  const text = writeTxt(fixtureDocument());
  expect(text).toContain('@cuisine.de.lea — La tarte du samedi');
  expect(text).toContain('21\u00a0novembre 2026 à\u00a014:03:05 (Europe/Paris)');
  expect(text).toContain('▲ 1,00 élevé · discours haineux · viralité\u00a0forte');
  expect(text).toContain('Annulée par Claire Aubert le 21\u00a0novembre 2026');
  expect(text).toContain('--- Interruption de 8,0\u00a0s\u202f: réseau ---');
  // A rule of the catalogue has its sentence; an unknown one still gives its name and its quote.
  expect(text).toContain('Injure contre un groupe\u202f: «\u202fsont des rats\u202f».');
  expect(text).toContain('règle rule-of-a-newer-policy\u202f: «\u202fPartagez cette vidéo\u202f»');
  expect(text).toContain('Sous-titres réalisés par la communauté [générique inventé]');
});

test('TXT in English, without account, alert or segment', () => {
  const text = writeTxt(fixtureDocument({ segments: 0, locale: 'en', account: null }));
  expect(text).toContain('No segment.');
  expect(text).toContain('No alert was raised.');
  expect(text).toContain(
    '21 November 2026 at 14:03:05 (Europe/Paris)'.replace('21 ', '21\u00a0').replace('at ', 'at\u00a0'),
  );
  expect(text).not.toMatch(/\{\{|undefined|null/);
});

test('no word is missing in either language', () => {
  for (const locale of ['fr', 'en'] as const) {
    expect(writeTxt(fixtureDocument({ locale, segments: 40, sourceKind: 'file' }))).not.toMatch(
      /\b(document|live|durations|provenance|reading|alerts|decision|gaps|segments|filtered|segmentState|gapCause)\.\w/,
    );
  }
});

test('dates name the day as people do and the zone they are really in', () => {
  const first = Date.UTC(2026, 10, 1, 0, 0, 0);
  expect(createWords({ locale: 'fr', timeZone: 'Europe/Paris' }).date(first)).toBe(
    '1er\u00a0novembre 2026 à\u00a001:00:00 (Europe/Paris)',
  );
  expect(createWords({ locale: 'fr', timeZone: 'Europe/Paris' }).zone(first)).toBe('Europe/Paris, UTC+01:00');
  expect(createWords({ locale: 'en', timeZone: 'Nowhere/Else' }).date(first)).toBe(
    '1\u00a0November 2026 at\u00a000:00:00 (UTC)',
  );
  expect(createWords({ locale: 'en', timeZone: 'UTC' }).zone(first)).toBe('UTC, UTC+00:00');
});

test.each([
  [400, '0,4\u00a0s'],
  [59_999, '1\u00a0min\u00a000\u00a0s'],
  [62_000, '1\u00a0min\u00a002\u00a0s'],
  [3_725_000, '1\u00a0h\u00a002\u00a0min\u00a005\u00a0s'],
])('%i ms is said %s', (ms, saying) => {
  expect(createWords({ locale: 'fr', timeZone: 'UTC' }).duration(ms)).toBe(saying);
});

test('what cannot be seen is shown by its code', () => {
  expect(showUnsafe('a\u202eb\u0007c\ud800d\ue000e\ufefff\n\ng')).toBe('a[U+202E]b[U+0007]c[U+D800]d[U+E000]ef g');
  expect(showUnsafe('x\u{e0041}')).toBe('x[U+E0041]');
  const england = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
  expect(showUnsafe(england)).toBe(england);
  expect(showUnsafe('é 👨‍👩‍👧 ❤️ السلام \u200f\ufffd')).toBe('é 👨‍👩‍👧 ❤️ السلام \u200f\ufffd');
});
