import { expect, onTestFinished, test } from 'vitest';
import { type Engine, openEngine } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Fact } from '#shared/model/fact.ts';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';
import { startTikTok } from '../support/tiktok/tiktok.ts';

/**
 * Faster than life: a question in 100 ms instead of 3 s. Where sound is captured less so: what takes ffmpeg a moment must not look like a
 * stream that stands still.
 */
async function workstation(factor = 30) {
  const clock = createFastClock(factor);
  const tiktok = await startTikTok(clock);
  onTestFinished(() => tiktok[Symbol.asyncDispose]());
  const dataDir = temporaryFolder();
  const opened: Engine[] = [];
  onTestFinished(async () => {
    for (const engine of opened) await engine.close();
  });
  const open = async () => {
    const platforms = { tiktok: { ...tiktok.origins, allowPrivate: true } };
    const engine = await openEngine(testEngineOptions(dataDir, { clock, platforms }));
    opened.push(engine);
    return engine;
  };
  return { clock, tiktok, open };
}

const follow = async (client: EngineClient, text: string, policy?: 'notify' | 'transcribe' | 'keep-audio') =>
  client.watches.add({ text, policy, commandId: command() });
const only = async (client: EngineClient) => (await client.watches.list({})).items[0]!;

async function factsOf(client: EngineClient, subjectId: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  for await (const event of await client.feed.subscribe({ after: 0 })) {
    if (event.type === 'caught-up') break;
    if (event.type === 'fact' && event.fact.subjectId === subjectId) facts.push(event.fact);
  }
  return facts;
}

test('accounts are followed however they are named, each once whatever its case, and a removal can be taken back', async () => {
  const { engine } = await temporaryEngine({ settings: { network: false } });
  const client = engine.client();
  const { added, refused } = await follow(
    client,
    '@Lea.Direct, https://www.tiktok.com/@marc_42/live?x=1\nlea.direct;https://example.org/@x https://vm.tiktok.com/ZMabc',
  );
  expect(added.map(({ handle, url, state, reason }) => [handle, url, state, reason])).toEqual([
    ['Lea.Direct', 'https://www.tiktok.com/@Lea.Direct', 'inconnu', 'never-checked'],
    ['marc_42', 'https://www.tiktok.com/@marc_42', 'inconnu', 'never-checked'],
  ]);
  expect(refused.map(({ reason }) => reason)).toEqual(['other-platform', 'short-link']);
  const lea = added[0]!;
  expect((await follow(client, 'LEA.DIRECT')).refused).toEqual([
    { text: 'LEA.DIRECT', reason: 'already-followed', watchId: lea.id },
  ]);

  await client.watches.remove({ watchId: lea.id, commandId: command() });
  expect((await client.watches.list({})).total).toBe(1);
  expect(await client.watches.restore({ watchId: lea.id, commandId: command() })).toMatchObject({
    handle: 'Lea.Direct',
  });
  await client.watches.remove({ watchId: lea.id, commandId: command() });
  await follow(client, 'lea.direct');
  await expect(client.watches.restore({ watchId: lea.id, commandId: command() })).rejects.toMatchObject({
    code: 'bad-input',
  });

  const patch = { paused: true, priority: 0, policy: 'notify' as const };
  const marc = await client.watches.change({ watchId: added[1]!.id, patch, commandId: command() });
  expect(marc).toMatchObject({ ...patch, nextCheckAt: null });
  expect((await client.watches.list({ text: 'MARC' })).items.map(({ handle }) => handle)).toEqual(['marc_42']);
  expect((await client.watches.list({ text: '%' })).items).toEqual([]);
});

test('two thousand pasted accounts are followed at once and listed in no time', async () => {
  const { engine } = await temporaryEngine({ settings: { network: false } });
  const client = engine.client();
  const names = Array.from({ length: 2000 }, (_, n) => `@compte_${n}`).join('\n');
  expect((await follow(client, names)).added).toHaveLength(2000);
  const since = performance.now();
  const { items, total } = await client.watches.list({});
  expect([items.length, total]).toEqual([2000, 2000]);
  // Far above what it takes (tens of ms), far below what a person would notice as a wait.
  expect(performance.now() - since).toBeLessThan(1_500);
});

test(
  'a live that begins is heard, told with its figures at the end, and heard only once',
  { timeout: 120_000 },
  async () => {
    const { tiktok, open } = await workstation(8);
    const lea = tiktok.account('lea');
    let engine = await open();
    let client = engine.client();
    const { id: watchId } = (await follow(client, '@lea')).added[0]!;
    await expect.poll(async () => (await only(client)).state).toBe('hors_ligne');
    expect((await only(client)).liveId).toBeNull();

    lea.goLive();
    await expect.poll(async () => (await only(client)).liveId).not.toBeNull();
    const { liveId } = await only(client);
    const live = async () => (await client.lives.get({ liveId: liveId! })).live;
    await expect.poll(async () => (await live()).capturedMs).toBeGreaterThan(6_000);
    expect(await live()).toMatchObject({ account: 'lea', sourceKind: 'tiktok', keepAudio: false });
    // Who wants the sound of later lives wants that of this one.
    await client.watches.change({ watchId, patch: { policy: 'keep-audio' }, commandId: command() });
    expect((await live()).keepAudio).toBe(true);
    await client.watches.change({ watchId, patch: { policy: 'transcribe' }, commandId: command() });
    expect((await live()).keepAudio).toBe(true);

    // A person who asks for it by hand, and an engine that starts again, find the same live.
    expect(await client.watches.capture({ watchId, commandId: command() })).toEqual({ liveId });
    await engine.close();
    engine = await open();
    client = engine.client();
    await expect.poll(async () => (await live()).captureState).toBe('capturing');
    expect((await client.lives.list({})).items).toHaveLength(1);

    lea.end();
    await expect.poll(async () => (await live()).state).toBe('termine');
    const ended = (await factsOf(client, watchId)).filter(({ kind }) => kind.startsWith('watch.live-'));
    expect(ended.map(({ kind }) => kind)).toEqual(['watch.live-started', 'watch.live-ended']);
    expect(ended[1]?.data).toMatchObject({ liveId, gaps: expect.any(Number), alerts: expect.any(Number) });
    expect(Number(ended[1]?.data['capturedMs'])).toBeGreaterThan(6_000);
    await expect.poll(async () => (await only(client)).state).toBe('hors_ligne');
    expect(await only(client)).toMatchObject({ liveId: null, lives: 1 });
    expect((await client.watches.lives({ watchId })).items.map(({ id }) => id)).toEqual([liveId]);

    const { items } = await client.lives.course({ liveIds: [liveId!, command()], steps: 6 });
    expect(items.map((course) => [course.liveId, course.steps.length])).toEqual([[liveId, 6]]);
    expect(items[0]!.lengthMs).toBeGreaterThan(6_000);
    expect(items[0]!.steps.find(({ number }) => number !== null)?.number).toBe(1);
    expect(await client.lives.audience({ liveId: liveId! })).toMatchObject({
      items: [{ viewers: 312, title: expect.any(String) }],
      peakViewers: 312,
    });
  },
);

test('an account that is only to be told of is not heard', { timeout: 60_000 }, async () => {
  const { tiktok, open } = await workstation();
  const client = (await open()).client();
  tiktok.account('lea').goLive();
  const { id: watchId } = (await follow(client, '@lea', 'notify')).added[0]!;
  await expect.poll(async () => (await only(client)).state).toBe('en_ligne');
  expect((await client.lives.list({})).items).toEqual([]);
  expect(tiktok.listened).toEqual([]);
  const started = (await factsOf(client, watchId)).find(({ kind }) => kind === 'watch.live-started');
  expect(started?.data).toEqual({ liveId: null, policy: 'notify' });
});

test(
  'a refusal is "bloqué" until when, never "hors ligne"; nothing is asked meanwhile, not even after a restart',
  { timeout: 60_000 },
  async () => {
    const { clock, tiktok, open } = await workstation();
    tiktok.account('lea');
    tiktok.block('challenge');
    const engine = await open();
    const client = engine.client();
    await follow(client, '@lea');
    await expect.poll(async () => (await only(client)).state).toBe('bloque');
    const { detection } = await client.watches.list({});
    expect(detection.blockedUntil).toBeGreaterThan(clock.now() + 14 * 60_000);
    expect(await only(client)).toMatchObject({ reason: 'challenge-page', lastError: { code: 'platform-blocked' } });

    const asked = tiktok.asked.length;
    const tried = await client.watches.test({ text: '@lea' });
    expect(tried).toMatchObject({ state: 'bloque', reason: 'waiting-out-block', retryAt: detection.blockedUntil });
    await engine.close();
    const later = (await open()).client();
    expect((await later.watches.list({})).detection.blockedUntil).toBe(detection.blockedUntil);
    const soon = { watchId: (await only(later)).id, commandId: command() };
    await later.watches.checkSoon(soon);
    expect((await later.watches.test({ text: '@lea' })).reason).toBe('waiting-out-block');
    expect(tiktok.asked).toHaveLength(asked);

    // The platform has forgiven, and the block has been waited out.
    tiktok.unblock();
    clock.stepWall((detection.blockedUntil ?? 0) - clock.now() + 1_000);
    await expect.poll(async () => (await only(later)).state).toBe('hors_ligne');
  },
);

test('whoever asks, the platform hears at most one question in three seconds', { timeout: 60_000 }, async () => {
  const { tiktok, open } = await workstation();
  const client = (await open()).client();
  const names = Array.from({ length: 8 }, (_, n) => `compte_${n}`);
  for (const name of names) tiktok.account(name);
  tiktok.account('compte_3').goLive();
  await follow(client, names.join(' '));
  await Promise.all([client.watches.test({ text: 'compte_1' }), client.watches.test({ text: 'compte_2' })]);
  await expect
    .poll(async () => (await client.watches.list({})).items.filter(({ state }) => state === 'inconnu').length)
    .toBe(0);
  const times = tiktok.asked.map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => at - times[index]!);
  // A hundredth of a second of real time is 300 ms of this clock.
  expect(Math.min(...gaps)).toBeGreaterThan(3_000 - 600);
});
