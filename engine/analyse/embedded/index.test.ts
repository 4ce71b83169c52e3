import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgement, type Judgement } from '#shared/model/verdict.ts';
import { ruleAlert } from '#shared/policy/alerting.ts';
import { verdictOf } from '../verdict.ts';
import { openEmbeddedAnalyser } from './index.ts';

const resourcesDir = join(import.meta.dirname, '../../../resources');
const analyser = openEmbeddedAnalyser({ resourcesDir });
const fr = (text: string, ...before: string[]): Judgement => analyser.judge(text, { language: 'fr', before });
const en = (text: string, ...before: string[]): Judgement => analyser.judge(text, { language: 'en', before });

type Spoken = { text: string; category: string };
const demo = (language: string): Spoken[] =>
  JSON.parse(readFileSync(join(resourcesDir, `demo/live-${language}.json`), 'utf8'));

describe.each(['fr', 'en'])('the demo live in %s', (language) => {
  test.each(demo(language).map(({ text, category }) => [category, text]))('%s: %s', (category, text) => {
    const judged = analyser.judge(text, { language });
    expect(judged.hate).toBe(category === 'hostile');
    if (category === 'neutral' || category === 'counter') {
      expect(judged.category).toBe('neutre');
      expect(verdictOf(judged).scoreBp).toBe(2000);
    }
    if (category === 'polemical') expect(judged.category).toBe('polemique');
    if (category === 'viral') {
      expect(judged.category).toBe('viral');
      expect(['moyenne', 'forte']).toContain(judged.virality);
    }
  });
});

test.each([
  ['fr', "Bonjour, comment allez-vous aujourd'hui ?", 'neutre'],
  ['fr', 'Bonjour, test de transcription', 'neutre'],
  ['fr', 'Le gouvernement est corrompu et incompétent', 'polemique'],
  ['fr', 'le gouvernement est corrompu et incompetent', 'polemique'],
  ['fr', 'il faut chasser les moustiques du jardin', 'neutre'],
  ['fr', 'les rats sont des parasites de la maison', 'neutre'],
  ['fr', 'on va les écraser demain au match', 'neutre'],
  ['fr', 'les étrangers travaillent beaucoup', 'neutre'],
  ['fr', 'ces gens-là sont les bienvenus ici', 'neutre'],
  ['fr', 'il ne faut pas insulter les migrants', 'neutre'],
  ['fr', 'il faut pas chasser les migrants', 'neutre'],
  ['fr', 'renvoyez-les tous chez eux', 'haineux'],
  ['fr', 'renvoyez le colis chez vous', 'neutre'],
  ['fr', 'je déteste ces gens-là', 'haineux'],
  ['fr', 'je deteste ces gens la', 'haineux'],
  ['fr', 'je suis pas raciste mais les arabes sont des voleurs', 'haineux'],
  ['fr', 'je ne déteste pas les migrants mais il faut les expulser', 'haineux'],
  ['fr', 'arrêtez de dire que les migrants sont des criminels', 'neutre'],
  ['fr', 'dire que les femmes sont inférieures c’est une honte', 'neutre'],
  ['en', 'I hate mosquitoes', 'neutre'],
  ['en', 'he said refugees are animals and that is disgusting', 'neutre'],
  ['en', 'I do not hate refugees', 'neutre'],
  ['en', "I don't hate refugees", 'neutre'],
  ['en', 'refugees are animals', 'haineux'],
  ['en', 'send them all back home', 'haineux'],
  ['en', 'we will crush them tomorrow', 'neutre'],
  ['en', 'the mayor is a liar', 'polemique'],
  ['en', 'share this video with your friends before they delete it', 'viral'],
])('%s: "%s" is %s', (language, text, category) => {
  expect(analyser.judge(text, { language }).category).toBe(category);
});

test('contempt for the government raises no alert', () => {
  const judged = fr('Le gouvernement est corrompu et incompétent');
  expect(ruleAlert({ ...judged, ...verdictOf(judged) }, 7000)).toEqual({ alert: false });
});

test.each([
  ['leet', 'les m1gr4nts sont des r4ts'],
  ['spaced letters', 'les m i g r a n t s sont des rats'],
  ['dotted letters', 'les m.i.g.r.a.n.t.s sont des rats'],
  ['missing letters', 'les migrnts sont des parsites'],
  ['swapped letters', 'les mirgants sont des praasites'],
  ['doubled letters', 'les migraaaants sont des raaats'],
  ['run together', 'jedéteste les migrants'],
  ['by ear', 'les imigrer sont des parazites'],
  ['zero-width characters', 'les mi\u200Bgrants sont des r\u200Dats'],
  ['full-width letters', 'les ｍｉｇｒａｎｔｓ sont des rats'],
  ['verlan', 'les rebeus sont des cafards'],
  ['capitals', 'LES MIGRANTS SONT DES RATS'],
])('sees through %s', (_, text) => {
  const judged = fr(text);
  expect(judged.hate).toBe(true);
  expect(judged.reasons.length).toBeGreaterThan(0);
});

test('quotes are verbatim, with their place in the original text', () => {
  const text = '🙂 Œuvre ! Les É\u0301TRANGERS du quartier sont des PARASITES.';
  const judged = fr(text);
  expect(judged).toMatchObject({ category: 'haineux', target: 'groupe_social', targetText: 'Les É\u0301TRANGERS' });
  const [first] = judged.reasons;
  expect(first).toMatchObject({ rule: 'dehumanisation', quote: 'É\u0301TRANGERS du quartier sont des PARASITES' });
  expect(text.slice(first?.at, (first?.at ?? 0) + (first?.quote.length ?? 0))).toBe(first?.quote);
});

test('the worst sentence decides, and each sentence keeps its reason', () => {
  const judged = fr('bonjour à tous. les migrants sont des voleurs. partagez cette vidéo avant la censure!');
  expect(judged).toMatchObject({ category: 'haineux', hate: true, virality: 'forte' });
  expect(judged.reasons.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['derogation', 'share-urgent']));
});

test('"they" is whoever was named before, and nobody otherwise', () => {
  expect(fr('il faut les expulser.').hate).toBe(false);
  expect(fr('il faut les expulser.', 'on parle des migrants.').hate).toBe(true);
  expect(fr('il faut les expulser.', 'on parle des migrants.', 'les cafards sont dans la cuisine.').hate).toBe(false);
  expect(en('They are all thieves.', 'We talked to the refugees.').hate).toBe(true);
});

test('hate split over a cut is seen, and the quote is what was said here', () => {
  expect(fr('  sont des parasites', 'je vous le dis les migrants').reasons).toEqual([
    { rule: 'dehumanisation', quote: 'sont des parasites', at: 2 },
  ]);
  // A sentence that ended is over.
  expect(fr('sont des parasites', 'je vous le dis les migrants.').hate).toBe(false);
  // What was wholly said before was judged there.
  expect(fr('et puis voilà', 'les migrants sont des parasites').hate).toBe(false);
});

test.each([
  ['les femmes sont des cafards', 'groupe_social'],
  ['les musulmans sont des cafards', 'religion'],
  ['les arabes sont des cafards', 'ethnie'],
])('"%s" is aimed at: %s', (text, target) => {
  expect(fr(text).target).toBe(target);
});

test('what cannot be judged is to be verified', () => {
  expect(analyser.judge('مرحبا بكم في البث', { language: 'ar' }).category).toBe('a_verifier');
  expect(analyser.judge('Добро пожаловать', { language: 'fr' }).category).toBe('a_verifier');
  expect(analyser.judge('dzisiaj gotujemy zupę pomidorową', { language: 'pl' }).category).toBe('a_verifier');
  expect(analyser.judge('... 12 !', { language: 'fr' }).category).toBe('neutre');
  expect(analyser.judge('', { language: 'fr' }).category).toBe('neutre');
});

test('an unknown or mistaken language is found from the words', () => {
  expect(analyser.judge('les migrants sont des parasites', { language: 'und' }).hate).toBe(true);
  expect(analyser.judge('the refugees are animals', { language: '' }).hate).toBe(true);
  expect(analyser.judge('les migrants sont des parasites', { language: 'en' }).hate).toBe(true);
});

test('hostile input costs no more than its length', () => {
  for (const text of [
    'a'.repeat(50_000),
    'les '.repeat(5000),
    'il faut '.repeat(3000),
    'm '.repeat(9000),
    '"'.repeat(30_000),
    'ﷺ'.repeat(9000),
  ]) {
    expect(judgement.safeParse(fr(text)).success).toBe(true);
  }
});

test('says which policy judged', () => {
  expect(analyser).toMatchObject({
    model: 'vigie-embedded/2',
    version: expect.stringContaining('embedded-fr'),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(openEmbeddedAnalyser({ resourcesDir }).hash).toBe(analyser.hash);
});

test('a turn of phrase that no rule knows is judged by its words, which it quotes', () => {
  const judged = analyser.judge('honestly I find the immigrants on our street insolent, they bring shame', {
    language: 'en',
  });
  expect(judged).toMatchObject({
    category: 'haineux',
    hate: true,
    target: 'groupe_social',
    targetText: 'the immigrants',
  });
  expect(judged.reasons[0]).toMatchObject({ rule: 'hostile-words', quote: expect.stringContaining('insolent') });
  expect(judged.confidenceBp).toBeGreaterThan(5000);
});

test('an attack that the sentence as a whole speaks against is none, and says so', () => {
  const judged = analyser.judge('whoever writes that immigrants are insolent scum is a racist and must be banned', {
    language: 'en',
  });
  expect(judged.hate).toBe(false);
});
