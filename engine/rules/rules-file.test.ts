import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { isVigieError } from '#shared/errors.ts';
import { weighedLives } from '../testing/weighed-lives.ts';
import { readRulesFile } from './read-rules-file.ts';

const examples = path.join(import.meta.dirname, '../../resources/rules');

function problemsOf(text: string) {
  try {
    readRulesFile(text);
    return [];
  } catch (error) {
    if (!isVigieError(error, 'rules-unusable')) throw error;
    return error.data.problems.map(({ line, where, problem, detail }) => [line, where, problem, detail]);
  }
}

const head = 'format: vigie-rules/1\n';
const rule = (when: string) => `${head}rules:\n  - name: x\n    when:\n      - ${when}\n`;

test.each<[string, unknown[]]>([
  ['a: [', [1, '', 'yaml', 'BAD_INDENT']],
  ['- 1', [1, '', 'format', 'vigie-rules/1']],
  ['format: other', [1, 'format', 'format', 'vigie-rules/1']],
  [`${head}rule: []`, [2, 'rule', 'unknown-key', 'rule']],
  [`${head}banks:\n  - name: x\n`, [3, 'banks[0].words', 'value', 'list']],
  [`${head}banks:\n  - name: x\n    words: []\n`, [4, 'banks[0].words', 'value', '≥ 1']],
  [
    `${head}rules:\n  - name: x\n    lane: now\n    when: [{ words: a }]`,
    [4, 'rules[0].lane', 'value', 'urgent | normal | low'],
  ],
  [rule('word: a'), [5, 'rules[0].when[0].word', 'unknown-key', 'word']],
  [rule('{ words: a, regex: b }'), [5, 'rules[0].when[0].regex', 'unknown-key', 'regex']],
  [rule('band: huge'), [5, 'rules[0].when[0].band', 'value', 'faible | moyen | eleve']],
  [
    rule('{ any: [{ target: moon }] }'),
    [5, 'rules[0].when[0].any[0].target[0]', 'value', 'ethnie | religion | individu | groupe_social | autre'],
  ],
  [rule('not: { not: { words: a } }'), [5, 'rules[0].when[0].not.not', 'unknown-key', 'not']],
  [rule('any: []'), [5, 'rules[0].when[0].any', 'value', 'list']],
])('%j names the place', (text, expected) => expect(problemsOf(text)).toContainEqual(expected));

test('the example banks of both languages come in, work, and go out as they came', async () => {
  const lives = weighedLives();
  const { client, command } = lives;
  const files = readdirSync(examples);
  expect(files.map((file) => file.split('.')[1]).sort()).toEqual(['en', 'fr']);
  for (const file of files) {
    const text = readFileSync(path.join(examples, file), 'utf8');
    const taken = await client.rules.import({ text, commandId: command() });
    expect([...taken.rules, ...taken.banks].every(({ done }) => done === 'added')).toBe(true);
    const again = await client.rules.import({ text, commandId: command() });
    expect([...again.rules, ...again.banks].every(({ done }) => done === 'same')).toBe(true);
    const { text: out } = await client.rules.export({ ruleIds: taken.rules.map(({ id }) => id) });
    expect(parse(out)).toEqual(parse(text, { schema: 'core' }));
  }
  const { items } = await client.rules.list();
  expect(items.every(({ state }) => state === 'draft')).toBe(true);
  const definition = items.find(({ definition: { name } }) => name === 'Menaces contre des élus')!.definition;
  const tried = (text: string) => client.rules.try({ definition, text });
  expect((await tried('monsieur le Maire, on sait où vous habitez')).matches).toBe(true);
  expect((await tried('la Présidente de la région, faut aller chez elle')).matches).toBe(true);
  expect((await tried('monsieur le maire, bonjour')).matches).toBe(false);
});

test('cases travel by title; what is unknown here is told with its line, and nothing comes in', async () => {
  const { client, command, cases } = weighedLives();
  const fields = { purpose: '', legalBasis: '', expiresAt: null, glossary: [], remoteSpeech: false };
  const caseId = cases.insert({ title: 'Élections', ...fields });
  const given = `${head}banks:\n  - name: b\n    words: [un]\nrules:\n  - name: x\n    when:\n      - case: élections\n      - bank: B\n`;
  await client.rules.import({ text: given, commandId: command() });
  const [made] = (await client.rules.list()).items;
  expect(made?.definition.blocks[0]).toEqual([{ kind: 'case', caseIds: [caseId], not: false }]);
  expect((await client.rules.export({})).text).toContain('- Élections');

  const wrong = `${head}banks:\n  - name: c\n    words: [un, "d*x"]\n`;
  await expect(client.rules.import({ text: wrong, commandId: command() })).rejects.toMatchObject({
    data: { problems: [{ line: 4, where: 'banks[0].words[1]', problem: 'star', detail: 'd*x' }] },
  });
  const unknown = `${head}banks:\n  - name: c\n    words: [un]\nrules:\n  - name: y\n    when:\n      - bank: d\n      - { regex: "(" }\n`;
  await expect(client.rules.import({ text: unknown, commandId: command() })).rejects.toMatchObject({
    data: {
      problems: [
        { line: 8, where: 'rules[0].when[0].bank', problem: 'unknown-bank', detail: 'd' },
        { line: 9, where: 'rules[0].when[1].regex', problem: 'regex', detail: 'missing closing ): `(`' },
      ],
    },
  });
  const broken = unknown.replace('bank: d', 'bank: c');
  await expect(client.rules.import({ text: broken, commandId: command() })).rejects.toMatchObject({
    data: { problems: [{ line: 9, where: 'rules[0].when[1].regex', problem: 'regex' }] },
  });
  expect((await client.rules.banks()).items.map(({ name }) => name)).toEqual(['b']);
});

test('a file cannot blow up', () => {
  const bomb = `${head}a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`;
  expect(problemsOf(bomb)).toEqual([[null, '', 'yaml', 'ALIAS']]);
  expect(problemsOf('['.repeat(100_000))).toEqual([[1, '', 'yaml', 'RESOURCE_EXHAUSTION']]);
});
