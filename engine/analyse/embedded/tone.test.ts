import { join } from 'node:path';
import { expect, test } from 'vitest';
import { see } from './judge.ts';
import { loadPolicies } from './load-policy.ts';
import { toneOf } from './tone.ts';

const { policies } = loadPolicies(join(import.meta.dirname, '../../../resources'));

const tallyOf = (language: 'fr' | 'en', text: string, before: readonly string[] = []): string[] =>
  [...toneOf(see(policies[language], text, before), { trusting: false }).tally].sort();

test.each([
  ['a word of a group', 'en', 'immigrants are selfish', 'bad>group'],
  ['a word of whom a pronoun stands for', 'en', 'I met immigrants. They are selfish', 'bad>them'],
  ['a word of a person', 'en', 'my landlord is selfish', 'bad>other'],
  ['a word of nobody', 'en', 'how selfish', 'bad>none'],
  ['a word before a group that is named later', 'fr', 'quelle bande de sournois, les migrants', 'bad>group'],
  ['a negated word', 'en', 'immigrants are not selfish', 'bad>group:not'],
  ['French negation around the verb', 'fr', 'les migrants ne sont pas sournois', 'bad>group:not'],
  ['a phrase whose negation is its own', 'fr', "les migrants n'ont aucun droit", 'worthless>group'],
  ['such a phrase, negated', 'fr', 'les migrants ne sont pas moins que rien', 'bad>group:not'],
  ['something good', 'en', 'immigrants are generous', 'praise>group'],
  ['something good denied after it', 'en', 'human rights should not apply to immigrants', 'praise>group:not'],
  ['what nobody may do', 'en', 'nobody should have to be humiliated and then beaten for being gay', 'hurt>group:not'],
  ['news of a death', 'en', 'three refugees drowned in the sea', 'told>group'],
  ['the wish for one', 'en', 'I hope that all refugees die at sea', 'befalls>group'],
  ['what was done to people', 'fr', 'des migrants ont été frappés hier', 'told>group'],
  ['the same, wished', 'fr', 'il faudrait que les migrants soient frappés', 'hurt>group'],
  ['a French article that is a pronoun before a verb of harm', 'fr', 'les migrants il faut les frapper', 'hurt>them'],
] as const)('%s', (_, language, text, feature) => {
  expect(tallyOf(language, text)).toContain(feature);
});

test('"but" parts what is said of a group from what is said after it', () => {
  const parted = tallyOf('en', 'the immigrants arrived but my neighbour is selfish');
  expect(parted).toContain('bad>other');
  expect(parted).not.toContain('attack');
});

test('what stands around an attack is told apart from what stands around none', () => {
  expect(tallyOf('en', 'saying that immigrants are selfish is xenophobic')).toEqual(
    expect.arrayContaining(['attack', 'attack&speech', 'attack&rebuke', 'attack&told', 'attack&told&rebuke']),
  );
  expect(tallyOf('en', 'the party for immigrants is tonight')).toEqual(
    expect.arrayContaining(['group', 'calm&neutral']),
  );
});

test('what lies wholly in the segment before was judged there', () => {
  expect(tallyOf('en', 'and then we went home', ['immigrants are selfish'])).not.toContain('bad>group');
  expect(tallyOf('en', 'selfish people', ['immigrants are all'])).toContain('bad>group');
});

test('an attack that the rules let stand counts as one only where they are trusted', () => {
  const seen = see(policies.en, 'send them all back home', []);
  expect(toneOf(seen, { trusting: false }).tally.has('attack')).toBe(false);
  expect(toneOf(seen, { trusting: true }).tally.has('attack')).toBe(true);
});
