import { expect, test } from 'vitest';

import { boundedPrompt, heardWithout, promptRuns } from './prompt-echo.ts';

const glossary = 'Jean-Luc Mélenchon, place de la République, il faut chasser les étrangers';

test.each<[string, string[], string[]]>([
  ['ordinary speech', ['bonjour à tous et bienvenue.'], []],
  ['a name in a sentence', ['monsieur Mélenchon arrive.'], []],
  ['a name alone', ['Mélenchon.'], ['melenchon']],
  ['the glossary read out', [glossary], ['jean luc melenchon place de la republique il faut chasser les etrangers']],
  ['a place in a sentence', ['on va place de la République ce soir'], ['place de la republique']],
  ['one piece of two', ['bonjour.', 'Il faut chasser les étrangers !'], ['il faut chasser les etrangers']],
  ['words of it in another order', ['les étrangers, il faut place'], []],
  ['nothing', ['...'], []],
])('%s', (_name, texts, runs) => {
  expect(
    promptRuns(
      texts.map((text) => ({ text })),
      glossary,
    ),
  ).toEqual(runs);
});

test.each<[string, string, boolean]>([
  ['melenchon', 'bonsoir monsieur mélanchon', true],
  ['place de la republique', 'on va place de la républic ce soir', true],
  ['il faut chasser les etrangers', 'bonjour à tous et bienvenue dans ce live', false],
  ['il faut chasser les etrangers', '', false],
  ['il faut chasser les etrangers', 'il faut chasser les moustiques du jardin', true],
  ['dehors', 'merci', false],
])('%s, heard as %s', (run, text, believed) => {
  expect(heardWithout([run], text)).toBe(believed);
});

test('a glossary is cut between two words', () => {
  expect(boundedPrompt(undefined)).toBeUndefined();
  expect(boundedPrompt(' \n ')).toBeUndefined();
  expect(boundedPrompt(' Jean  Dupont\n')).toBe('Jean Dupont');
  expect(boundedPrompt(`${'abc '.repeat(99)}abcd efgh`)).toBe(`${'abc '.repeat(99)}abcd`);
  expect(boundedPrompt('x'.repeat(401))).toBeUndefined();
});
