import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Fact } from '#shared/model/fact.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { Tentative } from '#shared/model/tentative.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import { findSpeechWorker } from '../../build/speech-worker.mjs';
import { demoLive, root } from '../support/engine-options.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

/** Only the native worker can be interrupted, so only it is lent. */
const missing = findSpeechWorker(root) === null;

const listen = (client: EngineClient) =>
  client.lives.watch({ source: demoLive, speed: '1', commandId: command() }).then(({ liveId }) => liveId);

/** What a reader of the live is shown, in order, until `enough` of its segments are written. */
async function readAlong(client: EngineClient, liveId: string, enough: number) {
  const end = new AbortController();
  const shown: (Tentative | Segment)[] = [];
  const reading = (async () => {
    for await (const { tentative } of await client.lives.tentative({ liveId }, { signal: end.signal }))
      if (tentative) shown.push(tentative);
  })();
  const facts: Fact[] = [];
  for await (const event of await client.feed.subscribe({ after: 0 }, { signal: end.signal })) {
    if (event.type !== 'fact') continue;
    facts.push(event.fact);
    if (event.fact.kind !== 'segment.written' || event.fact.data['liveId'] !== liveId) continue;
    shown.push(await client.lives.segment({ segmentId: event.fact.subjectId }));
    if (shown.filter((one) => 'number' in one).length === enough) break;
  }
  end.abort();
  await reading;
  return { shown, facts };
}

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}’']+/gu) ?? [];

test.skipIf(missing)(
  'words are shown while they are said, grow, agree with the segment that takes their place, and leave no trace',
  { timeout: 60_000 },
  async () => {
    const { engine, dataDir } = await temporaryEngine();
    const client = engine.client();
    const liveId = await listen(client);
    const { shown, facts } = await readAlong(client, liveId, 3);
    const tentative = shown.filter((one): one is Tentative => 'stable' in one);
    const segments = shown.filter((one): one is Segment => 'number' in one);
    // Each stretch is shown before its segment is written, and never after.
    for (const { startMs, endMs, text } of segments.slice(1)) {
      const of = tentative.filter((one) => one.startMs === startMs);
      expect(of.length, `previews of ${startMs}`).toBeGreaterThan(0);
      const written = shown.findIndex((one) => 'number' in one && one.startMs === startMs);
      for (const one of of) {
        expect(shown.indexOf(one)).toBeLessThan(written);
        expect(one.endMs).toBeLessThanOrEqual(endMs + 500);
      }
      // What was shown as certain stayed.
      expect(words(text).slice(0, words(of.at(-1)!.stable).length)).toEqual(words(of.at(-1)!.stable));
    }
    // Shown, and nowhere else: the journal has no word, and the database no text but that of segments.
    expect(JSON.stringify(facts)).not.toMatch(/bonjour|chat/);
    await engine.close();
    const stored = new Database(path.join(dataDir, 'vigie.sqlite'), { readonly: true });
    const kept = stored.prepare<[], { text: string }>("SELECT text FROM segments WHERE text <> ''").all();
    stored.close();
    for (const { text } of kept.slice(0, segments.length)) expect(segments.map((one) => one.text)).toContain(text);
  },
);

test('nothing is shown while the words of a live are paused', { timeout: 60_000 }, async () => {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  const liveId = await listen(client);
  await client.lanes.pause({ liveId, paused: true, commandId: command() });
  const shown: unknown[] = [];
  const end = new AbortController();
  const reading = (async () => {
    for await (const news of await client.lives.tentative({ liveId }, { signal: end.signal })) shown.push(news);
  })();
  const capturedMs = async () => (await client.lives.get({ liveId })).live.capturedMs;
  await expect.poll(capturedMs, { timeout: 30_000 }).toBeGreaterThan(3_000);
  end.abort();
  await reading;
  expect(shown).toEqual([]);
});

test('nothing is shown where it is not wanted', { timeout: 60_000 }, async () => {
  const { engine } = await temporaryEngine({ settings: { tentativeText: false } });
  const client = engine.client();
  const liveId = await listen(client);
  const { shown } = await readAlong(client, liveId, 1);
  expect(shown.filter((one) => 'stable' in one)).toEqual([]);
});

test.skipIf(missing)('what was shown and never written is in no file', { timeout: 60_000 }, async () => {
  const { engine, dataDir } = await temporaryEngine();
  const client = engine.client();
  const liveId = await listen(client);
  let shown = '';
  for await (const { tentative } of await client.lives.tentative({ liveId })) {
    shown = `${tentative?.stable} ${tentative?.unstable}`;
    if (shown.includes('bonjour')) break;
  }
  await engine.close();
  expect(shown).toContain('bonjour');
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('vigie.sqlite');
  for (const { parentPath, name } of files)
    expect(readFileSync(path.join(parentPath, name)).includes('bonjour'), name).toBe(false);
});
