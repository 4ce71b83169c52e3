import { expect, test } from 'vitest';
import type { ReplayNews, RuleDefinition } from '#shared/model/rule.ts';
import { weighedLives } from '../testing/weighed-lives.ts';

type Lives = ReturnType<typeof weighedLives>;
type Given = Partial<Omit<RuleDefinition, 'blocks'>> & { blocks?: unknown[][] };

const mayor: unknown[][] = [[{ kind: 'words', terms: ['maire'] }], [{ kind: 'words', terms: ['gifler', 'tuer'] }]];

async function writeRule({ client, command }: Lives, given: Given = {}) {
  const definition = { name: 'Menaces', lane: 'urgent', blocks: mayor, ...given } as RuleDefinition;
  return await client.rules.create({ definition, commandId: command() });
}

async function replay({ client }: Lives, of: Parameters<Lives['client']['rules']['replay']>[0]['of'], liveId?: string) {
  const news: ReplayNews[] = [];
  for await (const one of await client.rules.replay({ of, liveId })) news.push(one);
  return {
    end: news.find((one) => one.type === 'end'),
    texts: news.flatMap((one) => (one.type === 'hit' ? [one.hit.text] : [])),
    news,
  };
}

async function enable(lives: Lives, ruleId: string, version = 1, state: 'active' | 'shadow' = 'active') {
  if (state === 'active') await replay(lives, { ruleId, version });
  return await lives.client.rules.enable({ ruleId, version, state, commandId: lives.command() });
}

test('an active rule raises an alert by itself, in the transaction of the verdict, and says by which words', async () => {
  const lives = weighedLives();
  const { alerts, client } = lives;
  const live = lives.live();
  const rule = await writeRule(lives);
  expect(rule).toMatchObject({ state: 'draft', version: 1, running: null, by: 'test' });
  await lives.say(live, 'je vais gifler le maire');
  expect(alerts.ofLive(live)).toEqual([]);

  await enable(lives, rule.id);
  await lives.say(live, 'le maire est passé');
  expect(alerts.ofLive(live)).toEqual([]);
  await lives.say(live, 'Il faut GIFLER le Maire');
  const [alert] = alerts.ofLive(live);
  expect(alert).toMatchObject({
    lane: 'urgent',
    reasons: ['rule'],
    segmentNumber: 3,
    status: 'pending',
    rules: [
      {
        ruleId: rule.id,
        name: 'Menaces',
        version: 1,
        hash: rule.hash,
        outcome: 'alert',
        quotes: [
          { number: 3, at: 8, text: 'GIFLER' },
          { number: 3, at: 18, text: 'Maire' },
        ],
      },
    ],
  });
  expect(lives.facts('rule.matched').map(({ subjectId, data }) => ({ subjectId, data }))).toEqual([
    { subjectId: rule.id, data: { liveId: live, number: 3, version: 1, outcome: 'alert' } },
  ]);
  expect((await client.rules.get({ ruleId: rule.id })).rule.running).toMatchObject({ version: 1, hits: 1 });
  expect((await client.rules.hits({ ruleId: rule.id })).items).toMatchObject([
    { number: 3, liveId: live, text: 'Il faut GIFLER le Maire', alert: 'pending', outcome: 'alert' },
  ]);
});

test('a rule makes an alert of the verdict more urgent, never less, and is named on it', async () => {
  const lives = weighedLives();
  const live = lives.live();
  const hateful = 'Il faut chasser tous les étrangers, dehors';
  const low = await writeRule(lives, { lane: 'low', blocks: [[{ kind: 'words', terms: ['étrangers'] }]] });
  await enable(lives, low.id);
  await lives.say(live, hateful);
  expect(lives.alerts.ofLive(live)).toMatchObject([
    { lane: 'urgent', reasons: ['hate', 'rule'], rules: [{ lane: 'low' }] },
  ]);
});

test('a phrase that a cut goes through alerts once, where it ends', async () => {
  const lives = weighedLives();
  const live = lives.live();
  const rule = await writeRule(lives, { blocks: [[{ kind: 'words', terms: ['brûler la mairie'] }]] });
  await enable(lives, rule.id);
  for (const text of ['demain on va brûler', 'la mairie de la ville', 'et voilà']) await lives.say(live, text);
  expect(lives.alerts.ofLive(live)).toMatchObject([
    {
      segmentNumber: 2,
      rules: [
        {
          quotes: [
            { number: 1, text: 'brûler' },
            { number: 2, text: 'la mairie' },
          ],
        },
      ],
    },
  ]);
});

test('what only marks, and what is only watched, is counted and raises nothing', async () => {
  const lives = weighedLives();
  const live = lives.live();
  const marks = await writeRule(lives, { name: 'Marque', effect: 'mark' });
  const watched = await writeRule(lives, { name: 'En observation' });
  await enable(lives, marks.id);
  await enable(lives, watched.id, 1, 'shadow');
  await lives.say(live, 'gifler le maire');
  expect(lives.alerts.ofLive(live)).toEqual([]);
  const { items } = await lives.client.rules.list();
  expect(items.map(({ definition, state, running }) => [definition.name, state, running?.hits])).toEqual([
    ['En observation', 'shadow', 1],
    ['Marque', 'active', 1],
  ]);
  expect((await lives.client.rules.hits({ ruleId: watched.id })).items).toMatchObject([{ outcome: 'shadow' }]);
  expect((await lives.client.rules.hits({ ruleId: marks.id })).items).toMatchObject([{ outcome: 'mark' }]);
});

test('a replay says what a rule would have done, and writes nothing', async () => {
  const lives = weighedLives();
  const first = lives.live();
  await lives.clock.advance(1000);
  const second = lives.live({ account: 'lea' });
  for (const text of ['bonjour', 'gifler le maire', 'on va', 'merci']) await lives.say(first, text);
  for (const text of ['le maire', 'il faut le tuer', 'Il faut chasser tous les étrangers, dehors'])
    await lives.say(second, text);
  const rule = await writeRule(lives);
  const before = lives.store.raw.serialize();
  const { end, texts, news } = await replay(lives, { ruleId: rule.id });
  expect(lives.store.raw.serialize().equals(before)).toBe(true);
  expect(end).toEqual({ type: 'end', done: 7, total: 7, matched: 2, already: 0, lives: 2, hash: rule.hash });
  // The newest live first.
  expect(texts).toEqual(['il faut le tuer', 'gifler le maire']);
  expect(news[0]).toEqual({ type: 'progress', done: 0, total: 7, matched: 0, already: 0 });
  expect((await replay(lives, { ruleId: rule.id }, first)).end).toMatchObject({ total: 4, matched: 1 });

  const hateful = {
    ...rule.definition,
    blocks: [[{ kind: 'category' as const, categories: ['haineux' as const], not: false }]],
  };
  expect((await replay(lives, { definition: hateful })).end).toMatchObject({ matched: 1, already: 1 });
  const account = { ...rule.definition, blocks: [[{ kind: 'account' as const, accounts: ['@lea'], not: true }]] };
  expect((await replay(lives, { definition: account })).end).toMatchObject({ matched: 4 });
});

test('a replay can be left, and then opens nothing', async () => {
  const lives = weighedLives();
  const live = lives.live();
  await lives.say(live, 'gifler le maire');
  const rule = await writeRule(lives);
  for await (const news of await lives.client.rules.replay({ of: { ruleId: rule.id } })) {
    expect(news.type).toBe('progress');
    break;
  }
  const wanted = { ruleId: rule.id, version: 1, state: 'active' as const };
  const refused = { code: 'rule-not-replayed', data: { name: 'Menaces', version: 1 } };
  await expect(lives.client.rules.enable({ ...wanted, commandId: lives.command() })).rejects.toMatchObject(refused);
  // Nor does the replay of one live.
  await replay(lives, { ruleId: rule.id }, live);
  await expect(lives.client.rules.enable({ ...wanted, commandId: lives.command() })).rejects.toMatchObject(refused);
  await replay(lives, { ruleId: rule.id });
  expect(await lives.client.rules.enable({ ...wanted, commandId: lives.command() })).toMatchObject({ state: 'active' });
  expect(lives.facts('rule.enabled')[0]?.data).toEqual({
    version: 1,
    state: 'active',
    hash: rule.hash,
    matched: 1,
    total: 1,
  });
});

test('what is written does not run until it is enabled; an earlier version can be put back', async () => {
  const lives = weighedLives();
  const { client, command } = lives;
  const live = lives.live();
  const { id: ruleId, definition } = await writeRule(lives);
  await enable(lives, ruleId);
  const other = {
    ...definition,
    blocks: [[{ kind: 'words' as const, terms: ['préfet'], disguised: false, not: false }]],
  };
  const changed = await client.rules.change({ ruleId, definition: other, basedOn: 1, commandId: command() });
  expect(changed).toMatchObject({ version: 2, state: 'active', running: { version: 1 } });
  await expect(client.rules.change({ ruleId, definition, basedOn: 1, commandId: command() })).rejects.toMatchObject({
    code: 'rule-changed',
    data: { by: 'test' },
  });
  await lives.say(live, 'le préfet');
  await lives.say(live, 'gifler le maire');
  expect(lives.alerts.ofLive(live)).toMatchObject([{ segmentNumber: 2, rules: [{ version: 1 }] }]);
  await enable(lives, ruleId, 2);
  await lives.say(live, 'le préfet');
  expect(lives.alerts.ofLive(live)).toMatchObject([
    { segmentNumber: 2 },
    { segmentNumber: 3, rules: [{ version: 2 }] },
  ]);

  const restored = await client.rules.restoreVersion({ ruleId, version: 1, basedOn: 2, commandId: command() });
  expect(restored).toMatchObject({ version: 3, definition });
  const { versions } = await client.rules.get({ ruleId });
  expect(versions.map(({ version, by }) => [version, by])).toEqual([[3, 'test'], [2, 'test'], [1, 'test']]); // prettier-ignore
  expect(versions[0]?.hash).toBe(versions[2]?.hash);
  // The same words were replayed as version 1: nothing new to look at.
  expect(await client.rules.enable({ ruleId, version: 3, state: 'active', commandId: command() })).toMatchObject({
    running: { version: 3 },
  });
  expect(await client.rules.disable({ ruleId, commandId: command() })).toMatchObject({ state: 'draft', running: null });
  await lives.say(live, 'gifler le maire');
  expect(lives.alerts.ofLive(live)).toHaveLength(2);
});

test('a bank that changes makes new versions of its rules; those that run keep the old words', async () => {
  const lives = weighedLives();
  const { client, command } = lives;
  const live = lives.live();
  const fields = { name: 'Coups', language: 'fr', terms: ['gifler'] };
  const bank = await client.rules.createBank({ fields, commandId: command() });
  const rule = await writeRule(lives, { blocks: [[{ kind: 'bank', bankId: bank.id }]] });
  await enable(lives, rule.id);
  await expect(client.rules.removeBank({ bankId: bank.id, commandId: command() })).rejects.toMatchObject({
    code: 'bank-in-use',
    data: { name: 'Coups', rules: 'Menaces' },
  });
  const after = await client.rules.changeBank({
    bankId: bank.id,
    fields: { ...fields, terms: ['gifler', 'frapper'] },
    basedOn: 1,
    commandId: command(),
  });
  expect(after).toMatchObject({ version: 2, usedBy: 1 });
  expect((await client.rules.get({ ruleId: rule.id })).rule).toMatchObject({ version: 2, running: { version: 1 } });
  await lives.say(live, 'frapper');
  expect(lives.alerts.ofLive(live)).toHaveLength(0);
  await enable(lives, rule.id, 2);
  await lives.say(live, 'frapper');
  expect(lives.alerts.ofLive(live)).toMatchObject([{ rules: [{ version: 2, quotes: [{ text: 'frapper' }] }] }]);
});

test('names are one to a rule, removals can be taken back, a command does nothing twice', async () => {
  const lives = weighedLives();
  const { client } = lives;
  const commandId = lives.command();
  const definition = { name: 'Menaces', blocks: mayor } as RuleDefinition;
  const rule = await client.rules.create({ definition, commandId });
  expect(await client.rules.create({ definition, commandId })).toEqual(rule);
  await expect(writeRule(lives, { name: 'menaces' })).rejects.toMatchObject({ code: 'name-taken' });
  await enable(lives, rule.id);
  await client.rules.remove({ ruleId: rule.id, commandId: lives.command() });
  expect((await client.rules.list()).items).toEqual([]);
  const live = lives.live();
  await lives.say(live, 'gifler le maire');
  expect(lives.alerts.ofLive(live)).toEqual([]);
  expect(await client.rules.restore({ ruleId: rule.id, commandId: lives.command() })).toMatchObject({ state: 'draft' });
});

test('a sentence that is tried says which conditions it meets', async () => {
  const { client } = weighedLives();
  const definition = {
    name: 'x',
    blocks: [...mayor, [{ kind: 'words', terms: ['film'], not: true }]],
  } as RuleDefinition;
  const tried = await client.rules.try({ definition, text: 'dans ce film on veut gifler le maire' });
  expect(tried.matches).toBe(false);
  expect(tried.answers.map((block) => block.map(({ met }) => met))).toEqual([[true], [true], [false]]);
  expect((await client.rules.try({ definition, text: 'gifler', before: 'le maire' })).matches).toBe(true);
  expect(await client.rules.try({ definition, text: 'Il faut chasser tous les étrangers, dehors' })).toMatchObject({
    matches: false,
    category: 'haineux',
    band: 'moyen',
  });
});
