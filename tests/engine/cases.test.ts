import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { EngineClient } from '#shared/contract/index.ts';
import { startTranscriptionServer, verbose } from '../support/transcription-server.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';
import { demoLive, ffmpegPath } from '../support/engine-options.ts';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';

/** The first seconds of the demo live, as a file of its own. */
function clip(seconds: number): string {
  const file = path.join(temporaryFolder(), 'clip.wav');
  execFileSync(ffmpegPath, ['-v', 'error', '-i', demoLive, '-t', String(seconds), '-ac', '1', '-ar', '16000', file]);
  return file;
}

const secrets = { speech: 'gsk_secret' };

/** A server of one's own network, switched on, with room for `minutesPerDay`. */
async function useServer(client: EngineClient, baseUrl: string, minutesPerDay = 60) {
  const remoteSpeech = { enabled: true, baseUrl, model: 'whisper-large-v3', allowPrivate: true, minutesPerDay };
  await client.system.changeSettings({ patch: { remoteSpeech }, commandId: command() });
}

test('a case is made, changed, closed and reopened; what changed is a fact, what it says is not', async () => {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  const commandId = command();
  const made = await client.cases.create({ title: 'Dossier Marché', glossary: ['Léa', 'Vigie'], commandId });
  expect(await client.cases.create({ title: 'again', commandId }), 'the same command does nothing twice').toEqual(made);
  expect(made).toMatchObject({ purpose: '', expiresAt: null, remoteSpeech: false, closedAt: null, lives: 0 });

  const { id: caseId } = made;
  const changed = await client.cases.change({
    caseId,
    patch: { remoteSpeech: true, purpose: 'signalement 42' },
    commandId: command(),
  });
  expect(changed).toMatchObject({ title: 'Dossier Marché', purpose: 'signalement 42', remoteSpeech: true });
  await client.cases.close({ caseId, closed: true, commandId: command() });
  expect((await client.cases.list({})).items).toEqual([]);
  expect((await client.cases.list({ closed: true })).items).toHaveLength(1);
  await expect(
    client.lives.watch({ source: demoLive, caseId, commandId: command() }),
    'a closed case takes no live',
  ).rejects.toMatchObject({ code: 'case-closed', data: { title: 'Dossier Marché' } });
  await client.cases.close({ caseId, closed: false, commandId: command() });

  const facts: [string, unknown][] = [];
  for await (const event of await client.feed.subscribe({ after: 0 })) {
    if (event.type === 'caught-up') break;
    if (event.type === 'fact' && event.fact.subjectId === caseId) facts.push([event.fact.kind, event.fact.data]);
  }
  expect(facts.filter(([kind]) => kind !== 'personal-data.read')).toEqual([
    ['case.created', {}],
    ['case.changed', { fields: 'purpose,remoteSpeech' }],
    ['case.closed', {}],
    ['case.reopened', {}],
  ]);
});

test(
  'only lives of a case with consent are sent away, with its glossary; each sound once',
  { timeout: 120_000 },
  async () => {
    await using server = await startTranscriptionServer(() => ({ status: 200, body: verbose('le serveur a entendu') }));
    const { engine } = await temporaryEngine({ secrets });
    const client = engine.client();
    await useServer(client, server.baseUrl);
    const given = { title: 'Dossier', glossary: ['Léa', 'Vigie'], remoteSpeech: true, commandId: command() };
    const { id: caseId } = await client.cases.create(given);

    const source = clip(20);
    const alone = await client.lives.watch({ source, commandId: command() });
    await engine.drain();
    expect(server.asked, 'no case, no consent').toEqual([]);
    expect((await client.lives.segments({ liveId: alone.liveId, limit: 5 })).items[0]?.text).toMatch(/^bonjour/);

    const { liveId } = await client.lives.watch({ source, caseId, commandId: command() });
    await engine.drain();
    const { items } = await client.lives.segments({ liveId, limit: 1000 });
    expect(items.some(({ text }) => text.includes('le serveur a entendu'))).toBe(true);
    expect(items.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(server.asked.length).toBeGreaterThan(1);
    for (const { authorization, fields } of server.asked) {
      expect(authorization).toBe('Bearer gsk_secret');
      expect(fields['prompt']).toBe('Léa, Vigie');
    }
    const sounds = server.asked.map(({ file }) => Buffer.from(file).toString('base64'));
    expect(new Set(sounds).size).toBe(sounds.length);
    const { remoteSpeech } = await client.system.status();
    expect(remoteSpeech).toMatchObject({ hasKey: true, localBecause: null, lastFailure: null });
    expect(remoteSpeech.spentMs).toBeGreaterThan(10_000);
  },
);

test.each([
  ['refuses the key', { status: 401, body: '' }, 'key'],
  ['is down', { status: 500, body: '' }, 'busy'],
  ['answers nonsense', { status: 200, body: '[]' }, 'answer'],
])(
  'a server that %s costs no word: this machine writes down at once and leaves it in peace',
  { timeout: 120_000 },
  async (_what, answer, reason) => {
    await using server = await startTranscriptionServer(() => answer);
    const { engine } = await temporaryEngine({ secrets });
    const client = engine.client();
    await useServer(client, server.baseUrl);
    const { id: caseId } = await client.cases.create({ title: 'D', remoteSpeech: true, commandId: command() });
    const { liveId } = await client.lives.watch({ source: clip(15), caseId, commandId: command() });
    await engine.drain();
    expect(server.asked).toHaveLength(1);
    const { items } = await client.lives.segments({ liveId, limit: 1000 });
    expect(items.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(items[0]?.text).toMatch(/^bonjour/);
    const { remoteSpeech } = await client.system.status();
    expect(remoteSpeech).toMatchObject({
      localBecause: 'resting',
      lastFailure: { code: 'speech-remote-failed', reason },
    });
  },
);

test('the budget of the day is never overdrawn', { timeout: 120_000 }, async () => {
  await using server = await startTranscriptionServer(() => ({ status: 200, body: verbose('entendu') }));
  const { engine } = await temporaryEngine({ secrets });
  const client = engine.client();
  await useServer(client, server.baseUrl, 1);
  const { id: caseId } = await client.cases.create({ title: 'D', remoteSpeech: true, commandId: command() });
  await client.lives.watch({ source: clip(80), caseId, commandId: command() });
  await engine.drain();
  const { remoteSpeech } = await client.system.status();
  expect(remoteSpeech.spentMs).toBeGreaterThan(30_000);
  expect(remoteSpeech.spentMs).toBeLessThanOrEqual(60_000);
});
