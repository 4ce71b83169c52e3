import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '#engine';
import { newId } from '#shared/ids.ts';
import { systemSpawn } from '../engine/process/spawn.ts';
import { createFastClock } from '../tests/support/fast-clock.ts';
import { seconds, type Summary } from './support/figures.ts';
import { mixedLive, nightFile } from './support/live-mix.ts';
import { testEngineOptions } from './support/places.ts';
import { lateness, waitsOf } from './support/waits.ts';

const lives = 8;
/** Simulated hours; the whole night takes 25 minutes: `VIGIE_BENCH_HOURS=2 npm run bench -- flatness`. */
const hours = Number(process.env['VIGIE_BENCH_HOURS'] ?? 0.15);
/** Simulated seconds in a real one, what two cores bear with eight lives. */
const factor = Number(process.env['VIGIE_BENCH_SPEED'] ?? 5);

const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Memory of the processes that are still there, as the system counts it. */
function residentBytes(pids: readonly number[]): number {
  try {
    const lines = execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' });
    return lines
      .trim()
      .split('\n')
      .reduce((sum, line) => sum + Number(line) * 1024, 0);
  } catch {
    // None of them is there any more.
    return 0;
  }
}

/**
 * Memory and lateness while eight lives are followed through the night: the whole engine, real ffmpeg, real workers with the fixture model,
 * on a clock that runs faster. Lateness is in simulated time, so a second of this machine's work counts `factor` times.
 */
export async function benchFlatness() {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  const clock = createFastClock(factor);
  const { binaries } = testEngineOptions(folder);
  const workers: number[] = [];
  const engine = await openEngine(
    testEngineOptions(folder, {
      clock,
      speech: { worker: 'native', gpu: 'auto' },
      spawn: (command, args, options) => {
        const child = systemSpawn(command, args, options);
        if (command === binaries.speechWorker && child.pid) workers.push(child.pid);
        return child;
      },
    }),
  );
  try {
    const client = engine.client();
    const pcm = await mixedLive();
    const totalMs = hours * 3_600_000;
    for (let live = 0; live < lives; live += 1) {
      const source = nightFile(pcm, path.join(folder, `night-${live}.aac`), live / lives, totalMs / 1000 + 60);
      await client.lives.watch({ source, language: 'fr', speed: '1', commandId: newId(clock.now()) });
    }
    const begin = clock.now();
    const quarters = 4;
    const samples: { at: number; engineBytes: number; workerBytes: number }[] = [];
    for (let quarter = 0; quarter <= quarters; quarter += 1) {
      // The first look is at five per cent: everything is loaded, and nothing has piled up yet.
      const at = begin + totalMs * (quarter === 0 ? 0.05 : quarter / quarters);
      while (clock.now() < at)
        await new Promise((resolve) => setTimeout(resolve, Math.min(1000, (at - clock.now()) / factor)));
      samples.push({ at, engineBytes: process.memoryUsage.rss(), workerBytes: residentBytes(workers) });
    }
    const waits = waitsOf(folder);
    const { speech } = await client.system.status({});
    const rows = samples.map(({ at, engineBytes, workerBytes }, index) => {
      const from = index === 0 ? begin : samples[index - 1]!.at;
      const { p50, p95, count } = lateness(waits, index === 1 ? begin : from, at);
      return {
        'simulated time': `${((at - begin) / 60_000).toFixed(0)} min`,
        device: (speech?.device ?? 'cpu').toUpperCase(),
        engine: mib(engineBytes),
        workers: mib(workerBytes),
        segments: count,
        'lag p50': seconds(p50),
        'lag p95': seconds(p95),
      };
    });
    const [first, last] = [rows[0]!, rows.at(-1)!];
    const summary: Summary[] = [
      {
        measure: `memory of engine, workers after ${hours} h of ${lives} lives`,
        device: first.device,
        figure: `${last.engine}, ${last.workers}`,
        baseline: `${first.engine}, ${first.workers}`,
        ratio: (samples.at(-1)!.engineBytes / samples[0]!.engineBytes).toFixed(2),
        goal: `flat; lag p95 ${last['lag p95']}`,
      },
    ];
    return {
      summary,
      name: `flatness: ${lives} lives, ${hours} simulated hours at ${factor} times the speed, fixture model`,
      rows,
    };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table((await benchFlatness()).rows);
