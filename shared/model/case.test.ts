import { expect, test } from 'vitest';
import { caseFields, parseGlossary } from './case.ts';

test.each([
  ['', []],
  ['Vigie', ['Vigie']],
  ['Vigie, Overseerr ;  Jean  Dupont\nvigie', ['Vigie', 'Overseerr', 'Jean Dupont']],
  [',,;\n', []],
])('%j is the glossary %j', (text, words) => expect(parseGlossary(text)).toEqual(words));

test.each([
  [['']],
  [['a'.repeat(61)]],
  [['a\u0000b']],
  [['a\nb']],
  [Array.from({ length: 101 }, (_, n) => `mot ${n}`)],
])('a glossary that a recogniser cannot be given is refused', (glossary) =>
  expect(caseFields.shape.glossary.safeParse(glossary).success).toBe(false),
);
