import { execFile } from 'node:child_process';
import { appendFile, chmod, copyFile, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Engine, openEngine } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { demoLive, ffmpegPath, testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { command } from '../support/temporary-engine.ts';

vi.setConfig({ testTimeout: 90_000 });

/** Two recordings of a few seconds of real speech, with other content. */
const made = mkdtempSync(path.join(tmpdir(), 'vigie-recordings-'));
const [first, second] = [path.join(made, 'first.wav'), path.join(made, 'second.mp3')];
beforeAll(async () => {
  const cut = (startS: number, to: string) =>
    promisify(execFile)(ffmpegPath, ['-v', 'error', '-ss', `${startS}`, '-t', '4', '-i', demoLive, '-y', to]);
  await Promise.all([cut(2, first), cut(12, second)]);
});

afterAll(() => rm(made, { recursive: true, force: true }));

/** A workstation whose clock runs 40 times faster, and a folder beside it. */
async function workstation() {
  const dataDir = temporaryFolder();
  const folder = path.join(temporaryFolder(), 'Enregistrements d’Été 🎙');
  await mkdir(folder);
  const opened: Engine[] = [];
  onTestFinished(async () => {
    for (const engine of opened) await engine.close();
  });
  const open = async () => {
    const clock = createFastClock(40);
    const engine = await openEngine(testEngineOptions(dataDir, { clock, settings: { network: false } }));
    opened.push(engine);
    return engine;
  };
  const engine = await open();
  return { engine, client: engine.client(), folder, open, dataDir };
}

const watch = (client: EngineClient, folder: string, more: object = {}) =>
  client.folders.add({ path: folder, commandId: command(), ...more });
const only = async (client: EngineClient) => (await client.folders.list()).items[0]!;
const figures = async (client: EngineClient) => (await only(client)).files;
const lives = async (client: EngineClient) => (await client.lives.list({})).items;
const looked = async (client: EngineClient, times = 2) => {
  for (let n = 0; n < times; n += 1) {
    const { lookedAt } = await only(client);
    await expect.poll(async () => (await only(client)).lookedAt, { timeout: 10_000 }).not.toBe(lookedAt);
  }
};
const done = (client: EngineClient, heard: number) =>
  expect.poll(() => figures(client), { timeout: 30_000 }).toMatchObject({ heard, working: 0 });

test('a new recording is transcribed once it has stopped growing, exactly once, whatever it is called later', async () => {
  const { engine, client, folder, open } = await workstation();
  await copyFile(second, path.join(folder, 'déjà là.mp3'));
  const added = await watch(client, folder, { language: 'fr' });
  expect(added).toMatchObject({ state: 'watching', earlier: 'ignore', keepAudio: true, problem: null });
  await looked(client);
  expect(await figures(client)).toMatchObject({ earlier: 1, heard: 0, waiting: 0 });

  // It arrives piece by piece, under its own name; what is named as unfinished is no recording.
  const file = path.join(folder, 'Réunion n° 1 – Zoë.wav');
  const bytes = await readFile(first);
  await writeFile(path.join(folder, 'autre.wav.part'), bytes);
  await writeFile(path.join(folder, '.caché.wav'), bytes);
  await writeFile(path.join(folder, 'notes.txt'), 'rien');
  await writeFile(file, bytes.subarray(0, 60_000));
  await expect.poll(() => figures(client)).toMatchObject({ waiting: 1 });
  await appendFile(file, bytes.subarray(60_000));
  const { items: waiting } = await client.folders.files({ folderId: added.id });
  expect(waiting).toMatchObject([
    { path: 'Réunion n° 1 – Zoë.wav', state: 'waiting', waiting: 'growing', liveId: null },
  ]);
  await done(client, 1);
  const [live] = await lives(client);
  expect(live).toMatchObject({ title: 'Réunion n° 1 – Zoë', sourceKind: 'file', state: 'termine', language: 'fr' });
  expect(live!.capturedMs).toBeGreaterThan(3_900);

  // Renamed, touched, copied, and seen by the next start: the same content.
  await rename(file, path.join(folder, 'renommé.wav'));
  await utimes(path.join(folder, 'renommé.wav'), new Date(), new Date());
  await rename(path.join(folder, 'déjà là.mp3'), path.join(folder, 'déplacé.mp3'));
  await copyFile(first, path.join(folder, 'copie.wav'));
  await expect.poll(() => figures(client), { timeout: 20_000 }).toMatchObject({ same: 2, earlier: 1, waiting: 0 });
  await engine.close();
  const again = (await open()).client();
  await looked(again);
  await copyFile(second, path.join(folder, 'nouveau.mp3'));
  await done(again, 2);
  await looked(again);
  expect((await lives(again)).map(({ title }) => title).sort()).toEqual(['Réunion n° 1 – Zoë', 'nouveau']);
});

test('what was there is transcribed when that is asked for, in folders inside too, and no link leads elsewhere', async () => {
  const { client, folder } = await workstation();
  const outside = temporaryFolder();
  await copyFile(second, path.join(outside, 'secret.mp3'));
  await mkdir(path.join(folder, 'mars', '.git'), { recursive: true });
  await copyFile(first, path.join(folder, 'mars', 'un.wav'));
  await copyFile(second, path.join(folder, 'mars', '.git', 'objet.mp3'));
  await symlink(outside, path.join(folder, 'lien'));
  await symlink(path.join(outside, 'secret.mp3'), path.join(folder, 'lien.mp3'));
  await watch(client, folder, { recursive: true, earlier: 'transcribe' });
  await done(client, 1);
  await looked(client, 3);
  expect(await lives(client)).toMatchObject([{ title: 'un' }]);
});

test('what cannot be heard is told once, does not stop the others, and is tried again when a person asks', async () => {
  const { client, folder } = await workstation();
  const { id: folderId } = await watch(client, folder);
  await looked(client, 1);
  await writeFile(path.join(folder, 'abîmé.mp4'), 'pas du son\n'.repeat(5000));
  await writeFile(path.join(folder, 'vide.wav'), '');
  await copyFile(first, path.join(folder, 'bon.wav'));
  await expect.poll(() => figures(client), { timeout: 30_000 }).toMatchObject({ heard: 1, failed: 1, waiting: 1 });
  const of = async (state: string) =>
    (await client.folders.files({ folderId })).items.filter((file) => file.state === state);
  const [broken] = await of('failed');
  expect(broken).toMatchObject({ path: 'abîmé.mp4', problem: { code: 'source-unreadable' } });
  expect(await of('waiting')).toMatchObject([{ path: 'vide.wav', waiting: 'empty' }]);
  await looked(client, 3);
  expect(await lives(client)).toHaveLength(2);

  await client.folders.retry({ fileId: broken!.id!, commandId: command() });
  await expect.poll(async () => (await lives(client)).length).toBe(3);
  await expect.poll(() => figures(client), { timeout: 20_000 }).toMatchObject({ failed: 1, working: 0 });

  // Root may read anything.
  if (process.getuid?.() !== 0) {
    await copyFile(second, path.join(folder, 'fermé.mp3'));
    await chmod(path.join(folder, 'fermé.mp3'), 0);
    await expect.poll(() => figures(client), { timeout: 20_000 }).toMatchObject({ failed: 2 });
  }
});

test('a drive that is taken out is told, nothing is forgotten, and it goes on by itself', async () => {
  const { client, folder } = await workstation();
  const { id: folderId } = await watch(client, folder);
  await looked(client, 1);
  await copyFile(first, path.join(folder, 'un.wav'));
  await done(client, 1);
  await rename(folder, `${folder}.parti`);
  await expect.poll(async () => (await only(client)).state, { timeout: 10_000 }).toBe('missing');
  await copyFile(second, path.join(`${folder}.parti`, 'deux.mp3'));
  await rename(`${folder}.parti`, folder);
  await done(client, 2);
  expect(await only(client)).toMatchObject({ state: 'watching' });
  expect(await lives(client)).toHaveLength(2);

  // Paused, removed and taken back: nothing is heard meanwhile, and nothing twice.
  await client.folders.change({ folderId, patch: { paused: true }, commandId: command() });
  await client.folders.remove({ folderId, commandId: command() });
  expect((await client.folders.list()).items).toEqual([]);
  expect(await client.folders.restore({ folderId, commandId: command() })).toMatchObject({
    paused: true,
    files: { heard: 2 },
  });
  await client.folders.remove({ folderId, commandId: command() });
  // Watched anew with all that is in it: what was heard before stays heard.
  expect(await watch(client, folder, { earlier: 'transcribe' })).toMatchObject({ id: folderId, files: { heard: 2 } });
  await looked(client, 3);
  expect(await lives(client)).toHaveLength(2);
});

test('without its model a recording waits and says why, and is heard when there is one', async () => {
  const { client, folder } = await workstation();
  const { id: folderId } = await watch(client, folder, { model: '/nowhere/ggml-none.bin' });
  await looked(client, 1);
  await copyFile(first, path.join(folder, 'un.wav'));
  await expect.poll(async () => (await only(client)).problem?.code).toBe('model-missing');
  expect(await figures(client)).toMatchObject({ waiting: 1, failed: 0 });
  await client.folders.change({ folderId, patch: { model: null }, commandId: command() });
  await done(client, 1);
  expect(await only(client)).toMatchObject({ problem: null });
});

test('a folder that cannot be watched is refused with its reason', async () => {
  const { client, folder, dataDir } = await workstation();
  await copyFile(first, path.join(folder, 'un.wav'));
  const refused = (typed: string, problem: string, more: object = {}) =>
    expect(watch(client, typed, more)).rejects.toMatchObject({ code: 'folder-unusable', data: { problem } });
  await refused(path.join(folder, 'nulle part'), 'not-found');
  await refused(path.join(folder, 'un.wav'), 'not-a-folder');
  await refused(path.join(dataDir, 'spool'), 'not-found');
  await refused(dataDir, 'our-data');
  await mkdir(path.join(folder, 'dedans'));
  await watch(client, folder, { recursive: true });
  await refused(`${folder}/`, 'already-watched');
  await refused(path.join(folder, 'dedans'), 'overlaps');
  await refused(path.dirname(folder), 'overlaps', { recursive: true });
  await symlink(folder, `${folder}.lien`);
  await refused(`${folder}.lien`, 'already-watched');
  await rm(`${folder}.lien`);
});

test('five thousand recordings that were there are known in a moment and none of them is touched', async () => {
  const { client, folder } = await workstation();
  for (let n = 0; n < 5_000; n += 500)
    await Promise.all(Array.from({ length: 500 }, (_, k) => writeFile(path.join(folder, `${n + k}.mp3`), `${n + k}`)));
  await watch(client, folder);
  await expect.poll(() => figures(client), { timeout: 15_000 }).toMatchObject({ earlier: 5_000, waiting: 0 });
  await looked(client, 1);
  expect(await figures(client)).toMatchObject({ earlier: 5_000, failed: 0, waiting: 0 });
  expect(await lives(client)).toEqual([]);
});
