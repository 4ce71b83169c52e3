import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '#engine';
import { newId } from '#shared/ids.ts';
import { testEngineOptions } from './places.ts';
import { lateness, waitsOf, wordinessOf } from './waits.ts';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export type Carried = {
  p50: number;
  p95: number;
  count: number;
  engineCpu: number;
  device: string;
  wordsPerSecond: number;
};

/**
 * Lets the whole engine follow so many lives at their own speed: ffmpeg, spool, cuts, lanes, workers, verdicts, alerts, journal. They begin
 * within `settleMs`, which is not counted; then the wait of each piece of sound from its cut to its stored words is, for `countedMs`.
 * `wordsPerSecond`: of voice, as far as it was written.
 */
export async function carry(plan: {
  lives: number;
  files: readonly string[];
  model: string;
  window: 'fit' | 'full';
  settleMs: number;
  countedMs: number;
}): Promise<Carried> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  const engine = await openEngine(
    testEngineOptions(dataDir, { speech: { worker: 'native', gpu: 'auto', window: plan.window } }),
  );
  try {
    const client = engine.client();
    for (let live = 0; live < plan.lives; live += 1) {
      const source = plan.files[live % plan.files.length]!;
      await client.lives.watch({ source, model: plan.model, speed: '1', language: 'fr', commandId: newId(Date.now()) });
      await sleep((plan.settleMs * 0.75) / plan.lives);
    }
    await sleep(plan.settleMs * 0.25);
    const [from, cpu] = [Date.now(), process.cpuUsage()];
    await sleep(plan.countedMs);
    const to = Date.now();
    const used = process.cpuUsage(cpu);
    const figures = lateness(waitsOf(dataDir), from, to);
    const { words, speechMs } = wordinessOf(dataDir, from, to);
    const { speech } = await client.system.status({});
    return {
      ...figures,
      wordsPerSecond: (1000 * words) / Math.max(1, speechMs),
      engineCpu: (used.user + used.system) / 1000 / (to - from),
      device: speech?.device === 'gpu' ? `GPU ${speech.deviceName}` : 'CPU',
    };
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
