import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openEmbeddedAnalyser } from './index.ts';

const analyser = openEmbeddedAnalyser({ resourcesDir: join(import.meta.dirname, '../../../resources') });
const cases: Record<string, Record<string, string>> = parse(
  readFileSync(join(import.meta.dirname, 'spoken-cases.yml'), 'utf8'),
);

const rows = Object.entries(cases).flatMap(([language, byCategory]) =>
  Object.entries(byCategory).flatMap(([category, lines]) =>
    lines
      .trim()
      .split('\n')
      .map((text) => [language, category, text] as const),
  ),
);

test('there is something to test', () => expect(rows.length).toBeGreaterThan(400));

test.each(rows)('%s %s: %s', (language, category, text) => {
  const judged = analyser.judge(text, { language });
  expect(judged.category).toBe(category);
  for (const { quote, at } of judged.reasons) expect(text.slice(at, at + quote.length)).toBe(quote);
});
