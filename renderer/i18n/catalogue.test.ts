import { expect, test } from 'vitest';
import { domainResources } from '#shared/i18n/index.ts';
import { keyTable } from '../keys/table.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

function entries(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : entries(value as object, `${prefix}${key}.`),
  );
}

const values = (text: string) => [...text.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1]).sort();

test('French and English say the same things with the same values', () => {
  const french = new Map(entries(fr));
  const english = new Map(entries(en));
  expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of french) expect(values(text), key).toEqual(values(english.get(key)!));
});

test('French high punctuation stands behind a narrow no-break space', () => {
  for (const [key, text] of entries(fr)) {
    const outsideValues = text.replace(/\{\{.*?\}\}/g, 'x');
    expect(outsideValues, key).not.toMatch(/[^\u202f][;:!?](?!\/\/)(\s|$)/);
    expect(outsideValues, key).not.toMatch(/[^\u202f]»|«[^\u202f]/);
    expect(outsideValues, key).not.toMatch(/'/);
  }
});

test('every key of the table has its words', () => {
  const known = new Set(entries(fr).map(([key]) => key));
  for (const { id, scope } of keyTable) {
    expect(known).toContain(`keys.${id}`);
    expect(known).toContain(`keys.scope.${scope}`);
  }
});

test('every word that a screen asks for is in the catalogues', () => {
  const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const known = new Set([...entries(fr), ...entries(domainResources.fr.domain)].map(([key]) => key));
  const asked = Object.entries(sources).flatMap(([file, source]) =>
    [...source.matchAll(/\b(?:t|say)\(\s*(['`])([^'`]+)\1/g)].map((match) => ({ file, key: match[2]! })),
  );
  expect(asked.length).toBeGreaterThan(100);
  for (const { file, key } of asked) {
    // A key made while running (`band.${band}`): something must begin and end like it.
    const shape = new RegExp(`^${key.replace(/[.]/g, '\\.').replace(/\$\{[^}]*\}/g, '.+')}(_one)?$`);
    expect(
      [...known].some((one) => shape.test(one)),
      `${file}: ${key}`,
    ).toBe(true);
  }
});
