import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Segment } from '#shared/model/segment.ts';
import { fileClasses } from '../../engine/db/inventory.ts';
import { command } from '../support/temporary-engine.ts';
import { demoLive, resourcesDir, testEngineOptions } from '../support/engine-options.ts';

type Reference = { start: number; end: number; text: string; category: string };
const reference = JSON.parse(readFileSync(path.join(resourcesDir, 'demo', 'live-fr.json'), 'utf8')) as Reference[];

describe('the bundled French live, heard from end to end', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-main-job-'));
  let engine: Engine;
  let client: EngineClient;
  let liveId: string;
  let segments: Segment[];

  beforeAll(async () => {
    engine = await openEngine(testEngineOptions(dataDir));
    client = engine.client();
    ({ liveId } = await client.lives.watch({ source: demoLive, language: 'fr', commandId: command() }));
    await engine.drain();
    segments = (await client.lives.segments({ liveId, limit: 1000 })).items;
  }, 300_000);
  afterAll(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Segments that hold the middle of a reference sentence. */
  const heardDuring = (sentence: Reference) => {
    const middle = ((sentence.start + sentence.end) / 2) * 1000;
    return segments.filter(({ startMs, endMs }) => startMs <= middle && middle < endMs);
  };

  test('ends by itself, with everything written', async () => {
    const { live, gaps } = await client.lives.get({ liveId });
    expect(live).toMatchObject({ state: 'termine', captureState: 'ended', endReason: 'source-ended', openSegments: 0 });
    expect(gaps).toEqual([]);
    expect(live.writtenMs).toBe(live.capturedMs);
    expect(Math.abs(live.capturedMs - (live.sourceMs ?? 0))).toBeLessThan(500);
  });

  test('segments tile the sound, at most 15 s each', () => {
    let end = 0;
    for (const segment of segments) {
      expect(segment.startMs).toBe(end);
      expect(segment.endMs - segment.startMs).toBeLessThanOrEqual(15_000);
      end = segment.endMs;
    }
  });

  test('every hostile sentence of the reference raises an alert, no other kind of hate is seen', async () => {
    const { items: alerts } = await client.alerts.list({ liveId, limit: 500 });
    const alerted = new Set(alerts.map(({ segmentId }) => segmentId));
    for (const sentence of reference) {
      const heard = heardDuring(sentence);
      const flagged = heard.some(({ id }) => alerted.has(id));
      if (sentence.category === 'hostile') expect(flagged, sentence.text).toBe(true);
      if (['neutral', 'counter', 'polemical'].includes(sentence.category)) expect(flagged, sentence.text).toBe(false);
    }
  });

  test('quotes are verbatim, scores are the sum of their terms', () => {
    for (const { text, verdict } of segments) {
      if (!verdict) continue;
      for (const { quote, at } of verdict.reasons) expect(text.slice(at, at + quote.length)).toBe(quote);
      expect(verdict.terms.reduce((sum, { bp }) => sum + bp, 0)).toBe(verdict.scoreBp);
    }
  });

  test('the sound of a segment can be played', async () => {
    const [first] = segments;
    const { wavBase64 } = await client.lives.sound({ liveId, startMs: first?.startMs ?? 0, endMs: first?.endMs ?? 0 });
    const wav = Buffer.from(wavBase64, 'base64');
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
    expect(wav.length - 44).toBe(((first?.endMs ?? 0) - (first?.startMs ?? 0)) * 32);
  });

  test('what was said is found again, accents or not', async () => {
    const { items } = await client.lives.search({ text: 'etrangers' });
    expect(items.map(({ text }) => text).every((text) => text.includes('étrangers'))).toBe(true);
    expect(items.length).toBeGreaterThan(0);
    expect((await client.lives.search({ text: '" OR *' })).items).toEqual([]);
  });

  test('a decision moves the item, a second one is refused, undo brings it back, a repeated command does nothing twice', async () => {
    const { items, pending } = await client.review.queue({});
    const item = items[0]!;
    const commandId = command();
    const decide = { itemId: item.id, verdict: 'dismiss', note: 'test', basedOn: item.version, commandId } as const;
    const first = await client.review.decide(decide);
    expect(await client.review.decide(decide)).toEqual(first);
    expect((await client.review.queue({})).pending).toBe(pending - 1);
    await expect(client.review.decide({ ...decide, commandId: command() })).rejects.toMatchObject({
      code: 'already-decided',
    });
    const undone = await client.review.undo({ decisionId: first.decision.id, commandId: command() });
    expect(undone.decision.undoneAt).not.toBeNull();
    expect((await client.review.queue({})).pending).toBe(pending);
    await expect(client.review.undo({ decisionId: first.decision.id, commandId: command() })).rejects.toMatchObject({
      code: 'cannot-undo',
    });
    expect((await client.review.item({ itemId: item.id })).history).toHaveLength(1);
  });

  test('the queue is read page by page in one order: lane, score, age', async () => {
    const { items: all } = await client.review.queue({ limit: 500 });
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await client.review.queue({ limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  test.each(['pdf', 'srt', 'vtt', 'csv', 'json', 'txt'] as const)('leaves as %s', async (format) => {
    const { exportId } = await client.exports.start({ liveId, format, commandId: command() });
    await engine.drain();
    const made = await client.exports.get({ exportId });
    expect(made).toMatchObject({ state: 'done', format, problem: null });
    const { base64 } = await client.exports.download({ exportId });
    const bytes = Buffer.from(base64, 'base64');
    expect(bytes.length).toBe(made.sizeBytes);
    if (format === 'pdf') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    else expect(bytes.toString('utf8')).toContain('étrangers');
  });

  test('the doctor finds a sound database and an intact chain', async () => {
    const { checks } = await client.system.doctor();
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  test('every file in the data folder is of a class that the inventory knows', () => {
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(dataDir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
    const unknown = files.filter((file) => !Object.keys(fileClasses).some((glob) => path.matchesGlob(file, glob)));
    expect(files.length).toBeGreaterThan(5);
    expect(unknown).toEqual([]);
  });

  test('looking at what was said is on record, once', async () => {
    const { items } = await client.lives.segments({ liveId });
    expect(items.length).toBeGreaterThan(0);
    const events = await client.feed.subscribe({ after: 0 });
    const looks: string[] = [];
    for await (const event of events) {
      if (event.type === 'caught-up' || event.type === 'behind') break;
      if (
        event.type === 'fact' &&
        event.fact.kind === 'personal-data.read' &&
        event.fact.data.call === 'lives.segments'
      )
        looks.push(event.fact.subjectId);
    }
    expect(looks).toEqual([liveId]);
  });
});
