import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openEngine } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import { newId } from '#shared/ids.ts';
import { percentileOf, seconds, type Summary } from './support/figures.ts';
import { resourcesDir, testEngineOptions } from './support/places.ts';
import { type Cut, type Sentence, utteranceEnds } from './support/utterances.ts';

/** Of the demo live, enough for some 20 utterances. */
const heardMs = 90_000;
/** The longest pause that the segmenter asks for (`requiredPauseFrames`). */
const pauseMs = 450;

/** Wall time at which position 0 of the live sounded: progress is told up to half a second late, so the earliest answer counts. */
async function beginning(client: EngineClient, liveId: string, untilMs: number): Promise<number> {
  let start = Number.POSITIVE_INFINITY;
  while (Date.now() < untilMs) {
    const { live } = await client.lives.get({ liveId });
    if (live.capturedMs > 0) start = Math.min(start, Date.now() - live.capturedMs);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return start;
}

function cutsOf(dataDir: string): (Cut & { heardAt: number; writtenAt: number; alertAt: number | null })[] {
  const db = new Database(path.join(dataDir, 'vigie.sqlite'), { readonly: true });
  try {
    const sql = `SELECT start_ms AS startMs, end_ms AS endMs, heard_at AS heardAt, written_at AS writtenAt, alerts.at AS alertAt
      FROM segments LEFT JOIN alerts ON alerts.segment_id = segments.id WHERE state = 'written' ORDER BY number`;
    return db.prepare<[], ReturnType<typeof cutsOf>[number]>(sql).all();
  } finally {
    db.close();
  }
}

/**
 * From the end of an utterance (the reference says when the sentence is over) to its stored words and to its alert, one live at its own
 * speed through the whole engine, fixture model, threads as the product plans them. What is beyond the silence that ends the utterance
 * is what the machine takes: the silence itself has to be waited for.
 */
export async function benchLatency() {
  const sentences = JSON.parse(readFileSync(path.join(resourcesDir, 'demo', 'live-fr.json'), 'utf8')) as Sentence[];
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  const engine = await openEngine(testEngineOptions(dataDir, { speech: { worker: 'native', gpu: 'auto' } }));
  try {
    const client = engine.client();
    const source = path.join(resourcesDir, 'demo', 'live-fr.ogg');
    const { liveId } = await client.lives.watch({ source, language: 'fr', speed: '1', commandId: newId(Date.now()) });
    const startMs = await beginning(client, liveId, Date.now() + heardMs);
    await client.lives.stop({ liveId, commandId: newId(Date.now()) });
    await engine.drain();
    const { speech } = await client.system.status({});
    const device = (speech?.device ?? 'cpu').toUpperCase();
    // The last one was cut by the end of the recording.
    const cuts = cutsOf(dataDir).slice(0, -1);
    const ends = utteranceEnds(sentences, cuts);
    const words = ends.map(({ cut, endMs }) => cut.writtenAt - startMs - endMs);
    const alerts = ends.flatMap(({ cut, endMs }) => (cut.alertAt === null ? [] : [cut.alertAt - startMs - endMs]));
    const work = ends.map(({ cut }) => cut.writtenAt - cut.heardAt);
    const row = (figure: string, values: readonly number[], beyond: boolean) => ({
      figure,
      device,
      n: values.length,
      p50: seconds(percentileOf(values, 0.5)),
      p95: seconds(percentileOf(values, 0.95)),
      'p95 beyond the silence': beyond ? seconds(percentileOf(values, 0.95) - pauseMs) : '',
    });
    const rows = [
      row('end of an utterance to its words', words, true),
      row('end of an utterance to its alert', alerts, true),
      row('of that: from the cut to the words', work, false),
    ];
    const summary: Summary[] = rows.slice(0, 2).map((each) => ({
      measure: each.figure,
      device,
      figure: `p50 ${each.p50}, p95 ${each.p95}`,
      baseline: '',
      ratio: '',
      goal: `< 2 s beyond the silence; ${each['p95 beyond the silence']}`,
    }));
    return {
      summary,
      name: `latency: one live at its own speed, ${heardMs / 1000} s of the demo live, fixture model`,
      rows,
    };
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table((await benchLatency()).rows);
