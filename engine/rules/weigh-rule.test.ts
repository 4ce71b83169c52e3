import { expect, test } from 'vitest';
import { type RuleDefinition, ruleDefinition } from '#shared/model/rule.ts';
import { newId } from '#shared/ids.ts';
import { compileRule } from './compile-rule.ts';
import { answersOf, matches, quotesOf, type SegmentFacts } from './weigh-rule.ts';
import { openWindow } from './window.ts';

type Blocks = Parameters<typeof ruleDefinition.parse>[0];
const nothing: SegmentFacts = {
  category: null,
  target: null,
  band: null,
  account: null,
  caseId: null,
  language: null,
};
const bank = { id: newId(0), name: 'Menaces', terms: ['te tuer', 'tabass*'] };

/** The words that made a rule match, or null. `before`: what the segments before said, oldest first. */
function weigh(blocks: unknown[][], text: string, facts: Partial<SegmentFacts> = {}, before: string[] = []) {
  const definition: RuleDefinition = ruleDefinition.parse({ name: 'x', blocks } as Blocks);
  const number = before.length + 1;
  const window = openWindow(
    { number, text },
    before.map((one, index) => ({ number: index + 1, text: one })),
  );
  const answers = answersOf(compileRule(definition, [bank]), { ...nothing, ...facts }, window);
  return matches(answers) ? quotesOf(answers).map((quote) => quote.text) : null;
}

const words = (...terms: string[]) => ({ kind: 'words', terms });
const not = (one: object) => ({ ...one, not: true });
const regex = (pattern: string) => ({ kind: 'regex', pattern });
const inDisguise = (...terms: string[]) => ({ kind: 'words', terms, disguised: true });

test.each<[string, unknown[][], string, string[] | null]>([
  ['a word, whatever its case and accents', [[words('étranger')]], 'Dehors les ETRANGER !', ['ETRANGER']],
  ['an accent in the text that the term lacks', [[words('etranger')]], 'un Étranger', ['Étranger']],
  ['no part of a longer word', [[words('rat')]], 'un rateau, du curat', null],
  ['the beginning of a word', [[words('rat*')]], 'un râteau', ['râteau']],
  ['a phrase over punctuation', [[words('bon à rien')]], 'Bon-à-rien, va.', ['Bon-à-rien']],
  ['a phrase with a beginning in it', [[words('sal* type')]], 'espèce de sale type', ['sale type']],
  ['an elided word', [[words("l'étranger")]], 'c’est L’étranger', ['L’étranger']],
  ['words of a phrase apart', [[words('bon à rien')]], 'bon vraiment à rien', null],
  ['a bank', [[{ kind: 'bank', bankId: bank.id }]], 'on va te tuer et les tabasser', ['te tuer', 'tabasser']],
  ['a picture', [[words('🐒')]], 'espèce de 🐒', ['🐒']],
  ['both of two', [[words('maire')], [words('tuer')]], 'je vais tuer le maire', ['tuer', 'maire']],
  ['one of two is not both', [[words('maire')], [words('tuer')]], 'le maire parle', null],
  ['either of two', [[words('maire'), words('tuer')]], 'le maire parle', ['maire']],
  ['and not', [[words('tuer')], [not(words('film', 'série'))]], 'je vais le tuer', ['tuer']],
  ['and not, when it is there', [[words('tuer')], [not(words('film', 'série'))]], 'dans la serie on le tue tuer', null],
  ['either, or not', [[words('vol'), not(words('avion'))]], 'bonjour', []],
  ['an expression, whatever its case', [[regex('\\bmair(e|ie)s?\\b')]], 'À la Mairie', ['Mairie']],
  ['an expression with an accent', [[regex('éli.s')]], 'les ELITES, les élus, les élias', ['élias']],
  ['an expression that may match nothing', [[regex('x*')]], 'bonjour', null],
  ['signs for letters', [[inDisguise('connard')]], 'espèce de c0nn4rd', ['c0nn4rd']],
  ['letters apart', [[inDisguise('connard')]], 'c o n n a r d va', ['c o n n a r d']],
  ['a disguise that nobody asked to look through', [[words('connard')]], 'espèce de c0nn4rd', null],
])('%s', (_, blocks, text, expected) => expect(weigh(blocks, text)).toEqual(expected));

test.each<[string, unknown[][], Partial<SegmentFacts>, boolean]>([
  ['its category', [[{ kind: 'category', categories: ['haineux', 'viral'] }]], { category: 'viral' }, true],
  ['another category', [[{ kind: 'category', categories: ['haineux'] }]], { category: 'viral' }, false],
  ['no category known', [[{ kind: 'category', categories: ['haineux'] }]], {}, false],
  ['not this category', [[not({ kind: 'category', categories: ['haineux'] })]], { category: 'viral' }, true],
  ['its target', [[{ kind: 'target', targets: ['religion'] }]], { target: 'religion' }, true],
  ['a higher band', [[{ kind: 'band', atLeast: 'moyen' }]], { band: 'eleve' }, true],
  ['a lower band', [[{ kind: 'band', atLeast: 'moyen' }]], { band: 'faible' }, false],
  ['its account, as people write it', [[{ kind: 'account', accounts: ['@Lea.Live'] }]], { account: 'lea.live' }, true],
  ['another account', [[{ kind: 'account', accounts: ['@lea'] }]], { account: 'leo' }, false],
  ['its case', [[{ kind: 'case', caseIds: [bank.id] }]], { caseId: bank.id }, true],
  ['its language', [[{ kind: 'language', languages: ['fr'] }]], { language: 'fr-FR' }, true],
])('what is asked of the segment itself: %s', (_, blocks, facts, expected) =>
  expect(weigh(blocks, 'bonjour', facts) !== null).toBe(expected),
);

const cut = [[words('te tuer')]];
test.each<[string, unknown[][], string[], string, string[] | null]>([
  ['a phrase that a cut goes through', cut, ['Je vais te'], 'tuer demain', ['te', 'tuer']],
  ['one that ended before it', cut, ['Je vais te tuer'], 'demain matin', null],
  ['two words, one on either side', [[words('maire')], [words('tuer')]], ['le maire'], 'va le tuer', ['maire', 'tuer']],
  ['two words, both before and one again', [[words('maire')], [words('tuer')]], ['tuer le maire'], 'le maire', null],
  [
    'two words, both before and both again',
    [[words('maire')], [words('tuer')]],
    ['tuer le maire'],
    'le maire, tuer',
    ['maire', 'tuer'],
  ],
  ['two words, both before', [[words('maire')], [words('tuer')]], ['tuer le maire'], 'bonjour', null],
  ['what forbids, before', [[words('tuer')], [not(words('film'))]], ['dans ce film'], 'je vais le tuer', null],
  ['a segment further before', cut, ['Je vais te', ''], 'tuer demain', ['te', 'tuer']],
  ['an expression', [[regex('te tuer')]], ['Je vais te'], 'tuer', ['te', 'tuer']],
  [
    'words before and a property of the segment',
    [[words('maire')], [{ kind: 'band', atLeast: 'faible' }]],
    ['le maire'],
    'bien',
    null,
  ],
])('over a cut: %s', (_, blocks, before, text, expected) =>
  expect(weigh(blocks, text, { band: 'faible' }, before)).toEqual(expected),
);

test('quotes are verbatim pieces of the segments that they name', () => {
  const texts = ['Œuf cassé, je vais T’É', 'TRIPER 😀 toi'];
  const definition = ruleDefinition.parse({ name: 'x', blocks: [[words('t é triper 😀')]] });
  const window = openWindow({ number: 8, text: texts[1]! }, [{ number: 7, text: texts[0]! }]);
  const quotes = quotesOf(answersOf(compileRule(definition, []), nothing, window));
  expect(quotes).toEqual([
    { number: 7, at: 19, text: 'T’É' },
    { number: 8, at: 0, text: 'TRIPER 😀' },
  ]);
  for (const { number, at, text } of quotes) expect(texts[number - 7]!.slice(at, at + text.length)).toBe(text);
});

test('a word of what was said long before is no word of its end', () => {
  const long = `te ${'bla '.repeat(100)}`;
  expect(weigh([[words('te', 'tuer')]], 'tuer', {}, [long])).toEqual(['tuer']);
  expect(weigh([[words('tuer')], [not(words('te'))]], 'tuer', {}, [long])).toEqual(['tuer']);
  expect(weigh([[words('tuer')], [not(words('bla'))]], 'tuer', {}, [long])).toBeNull();
});
