import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openEngine } from '#engine';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { testEngineOptions } from '../support/engine-options.ts';

const kills = 20;
/** How much of the live is heard at real time, so that kills fall into capture as well as into transcription. */
const realtimeForMs = 12_000;

type Line = { live?: string; ready?: true; decided?: string; item?: string; finished?: true };

/** Starts the engine, collects what it acknowledged, and kills it `afterMs` after it was ready (null: lets it finish). */
async function run(
  dataDir: string,
  afterMs: number | null,
): Promise<{ acknowledged: string[]; finished: boolean; restartMs: number }> {
  const since = performance.now();
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'engine-child.ts'), dataDir, String(realtimeForMs)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const acknowledged: string[] = [];
  let finished = false;
  let restartMs = Infinity;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    if (line.decided) acknowledged.push(line.decided);
    if (line.finished) finished = true;
    if (line.ready) {
      restartMs = performance.now() - since;
      // The instant of a kill is what this test is about: the delay is its subject, not a wait for something to happen.
      if (afterMs !== null) void delay(afterMs).then(() => child.kill('SIGKILL'));
    }
  }
  await exited;
  return { acknowledged, finished, restartMs };
}

test(
  `killed ${kills} times at seeded instants: every second written once or declared missing, no acknowledged decision lost, chain intact`,
  { timeout: 300_000 },
  async () => {
    const dataDir = temporaryFolder();
    const random = seededRandom(20261121);
    const acknowledged: string[] = [];
    for (let n = 0; n < kills; n += 1) {
      const round = await run(dataDir, 200 + random() * 1300);
      acknowledged.push(...round.acknowledged);
      expect(round.restartMs, `restart ${n}`).toBeLessThan(8000);
    }
    const last = await run(dataDir, null);
    acknowledged.push(...last.acknowledged);
    expect(last.finished).toBe(true);

    const db = new Database(path.join(dataDir, 'vigie.sqlite'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const live = db
      .prepare<[], { captured_ms: number; source_ms: number; state: string }>(
        'SELECT captured_ms, source_ms, state FROM lives',
      )
      .get();
    expect(live?.state).toBe('termine');

    // Segments and gaps together tile the live: no second twice, none undeclared.
    const spans = db
      .prepare<[], { start_ms: number; end_ms: number; gap: number }>(
        'SELECT start_ms, end_ms, 0 AS gap FROM segments UNION ALL SELECT start_ms, end_ms, 1 FROM gaps ORDER BY start_ms',
      )
      .all();
    let end = 0;
    for (const span of spans) {
      expect(span.start_ms, JSON.stringify(span)).toBe(end);
      end = span.end_ms;
    }
    expect(Math.abs(end - (live?.source_ms ?? 0))).toBeLessThanOrEqual(500);
    const gapMs = spans.filter(({ gap }) => gap).reduce((sum, span) => sum + span.end_ms - span.start_ms, 0);
    expect(gapMs).toBeLessThanOrEqual(kills * 1000);

    // Written exactly once: one fact per segment, and none left open.
    const open = db.prepare(`SELECT number FROM segments WHERE state IN ('heard', 'failed')`).all();
    expect(open).toEqual([]);
    const twice = db
      .prepare(`SELECT subject_id FROM facts WHERE kind = 'segment.written' GROUP BY subject_id HAVING count(*) > 1`)
      .all();
    expect(twice).toEqual([]);
    const alertsTwice = db.prepare('SELECT segment_id FROM alerts GROUP BY segment_id HAVING count(*) > 1').all();
    expect(alertsTwice).toEqual([]);

    const stored = new Set(
      db
        .prepare<[], { id: string }>('SELECT id FROM decisions')
        .all()
        .map(({ id }) => id),
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    db.close();

    const engine = await openEngine(testEngineOptions(dataDir));
    const { checks } = await engine.client().system.doctor();
    expect(checks.find(({ name }) => name === 'journal')).toMatchObject({ outcome: 'ok' });
    await engine.close();
  },
);
