import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Engine, type EngineOptions, openEngine } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Fact } from '#shared/model/fact.ts';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { demoLive, ffmpegPath, testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { command } from '../support/temporary-engine.ts';

vi.setConfig({ testTimeout: 120_000 });

const hourMs = 3_600_000;
/** Four minutes of silence, a part of the demo live that alerts after about five seconds, four minutes of silence. */
const made = mkdtempSync(path.join(tmpdir(), 'vigie-sound-'));
const broadcast = path.join(made, 'direct.wav');
beforeAll(async () => {
  const silence = ['-f', 'lavfi', '-t', '240', '-i', 'anullsrc=r=16000:cl=mono'];
  const spoken = ['-ss', '66', '-t', '14', '-i', demoLive];
  const graph = '[1:a]aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono[x];[0:a][x][2:a]concat=n=3:v=0:a=1';
  const args = ['-v', 'error', ...silence, ...spoken, ...silence, '-filter_complex', graph, '-y', broadcast];
  await promisify(execFile)(ffmpegPath, args);
});
afterAll(() => rm(made, { recursive: true, force: true }));

const watch = async (client: EngineClient, keepAudio: boolean) =>
  (await client.lives.watch({ source: broadcast, keepAudio, commandId: command() })).liveId;

/** An engine on a folder; with `fast`, hours pass in it like moments. */
async function opened(dataDir: string, more: Partial<EngineOptions> = {}): Promise<Engine> {
  const settings = { network: false, dropSoundAfterHours: 1 };
  const engine = await openEngine(testEngineOptions(dataDir, { settings, ...more }));
  onTestFinished(() => engine.close());
  return engine;
}

async function factsOf(client: EngineClient, subjectId: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  for await (const event of await client.feed.subscribe({ after: 0 })) {
    if (event.type === 'caught-up') break;
    if (event.type === 'fact' && event.fact.subjectId === subjectId) facts.push(event.fact);
  }
  return facts;
}

test('sound goes some time after its live, told first, but for what is around alerts; never under an open one', async () => {
  const dataDir = temporaryFolder();
  const first = await opened(dataDir);
  const [gone, kept] = [await watch(first.client(), false), await watch(first.client(), true)];
  await first.drain();
  // A bookmark far from any alert: its sound is evidence too.
  await first.client().notes.add({ liveId: gone, atMs: 400_000, commandId: command() });
  const spool = async (liveId: string) =>
    (await readdir(path.join(dataDir, 'spool', liveId))).map((name) => Number(name.slice(0, 12)));
  const all = await spool(gone);
  expect(all).toEqual([0, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000, 420_000, 480_000]);
  const { bytes } = await first.client().lives.soundUse();
  expect(bytes).toBeGreaterThan(2 * 490_000 * 32);
  await first.close();

  // Three hours later its alerts still wait for a person: nothing has gone.
  const clock = createFastClock(7200);
  const second = await opened(dataDir, { clock });
  const client = second.client();
  const { live } = await client.lives.get({ liveId: gone });
  expect(live).toMatchObject({ keepAudio: false, soundDroppedAt: null });
  await vi.waitUntil(() => clock.now() > live.endedAt! + 3 * hourMs, { timeout: 20_000 });
  expect(await spool(gone)).toEqual(all);

  const { items } = await client.alerts.list({ liveId: gone });
  expect(items.length).toBeGreaterThan(0);
  for (const alert of items) {
    const { version: basedOn } = await client.review.item({ itemId: alert.itemId });
    await client.review.decide({ itemId: alert.itemId, verdict: 'review', basedOn, commandId: command() });
  }
  await vi.waitUntil(async () => (await factsOf(client, gone)).some(({ kind }) => kind === 'sound.dropped'), {
    timeout: 20_000,
  });
  expect(await spool(gone)).toEqual([180_000, 240_000, 360_000, 420_000]);
  expect(await spool(kept)).toEqual(all);
  const told = (await factsOf(client, gone)).filter(({ kind }) => kind.startsWith('sound.'));
  expect(told.map(({ kind, data }) => [kind, data['droppedMs']])).toEqual([
    ['sound.drop-decided', live.capturedMs - 240_000],
    ['sound.dropped', live.capturedMs - 240_000],
  ]);
  expect(told[0]!.data).toMatchObject({ keptMs: 240_000, afterMs: hourMs, reason: 'policy' });

  // Words and verdicts stay; what is gone says so, what is left can be heard.
  const after = await client.lives.get({ liveId: gone });
  expect(after.live).toMatchObject({ soundDroppedAt: expect.any(Number), segments: live.segments, gaps: 0 });
  expect(after.drops).toMatchObject([
    { startMs: 0, endMs: 180_000 },
    { startMs: 300_000, endMs: 360_000 },
    { startMs: 480_000, endMs: live.capturedMs },
  ]);
  const sound = (startMs: number, endMs: number) => client.lives.sound({ liveId: gone, startMs, endMs });
  await expect(sound(10_000, 20_000)).rejects.toMatchObject({ code: 'sound-dropped', data: { liveId: gone } });
  const { startMs, endMs } = items[0]!;
  expect(await sound(startMs, endMs)).toMatchObject({ startMs, endMs });
  expect(await sound(170_000, 200_000)).toMatchObject({ startMs: 180_000, endMs: 200_000 });
  expect(await sound(290_000, 320_000)).toMatchObject({ startMs: 290_000, endMs: 300_000 });
  // The document still says everything that was said.
  const file = path.join(made, 'direct.json');
  await client.exports.start({ liveId: gone, format: 'json', locale: 'fr', path: file, commandId: command() });
  await expect.poll(async () => (await client.exports.list({ liveId: gone })).items[0]?.state).toBe('done');
  const document = JSON.parse(await readFile(file, 'utf8')) as { live: object; segments: { text: string }[] };
  expect(document.live).toMatchObject({ keepAudio: false, soundDroppedAt: after.live.soundDroppedAt });
  expect(document.segments.map(({ text }) => text).join(' ')).toMatch(/étrangers/);

  // A person may still choose; what is erased stays erased and nothing more goes.
  await client.lives.keepSound({ liveId: gone, keepAudio: true, commandId: command() });
  expect((await client.lives.get({ liveId: gone })).live.keepAudio).toBe(true);
});
