import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { silentLog } from '../../engine/base/log.ts';
import { startCapture } from '../../engine/capture/capture.ts';
import { createNet } from '../../engine/net/net.ts';
import { systemResolve } from '../../engine/net/guard.ts';
import { systemSpawn } from '../../engine/process/spawn.ts';
import type { Source } from '../../shared/model/source.ts';
import { createFastClock } from '../support/fast-clock.ts';

/**
 * A process that captures and may be killed at any instant: `node capture-child.ts <task as JSON>`. Its ledger stands for the database:
 * one line per segment or gap, written before the next event. Prints `ffmpeg <pid>` for each decoder and `end <outcome>`.
 */
export type Task = {
  source: Source;
  spoolDir: string;
  ledger: string;
  ffmpeg: string;
  startedAt: number;
  factor: number;
  live: boolean;
};

const task = JSON.parse(process.argv[2] ?? '') as Task;
const lines = existsSync(task.ledger) ? readFileSync(task.ledger, 'utf8').split('\n').slice(0, -1) : [];
const ends = lines.map((line) => (JSON.parse(line) as { endMs: number }).endMs);
const note = (entry: object) => appendFileSync(task.ledger, `${JSON.stringify(entry)}\n`);
const clock = createFastClock(task.factor);

const capture = startCapture({
  source: task.source,
  spoolDir: task.spoolDir,
  ffmpeg: task.ffmpeg,
  startedAt: task.live ? task.startedAt : clock.now(),
  resume: existsSync(task.spoolDir) ? { segmentedMs: Math.max(0, ...ends), onDemand: !task.live } : null,
  pace: task.live ? null : { realtimeForMs: null },
  net: createNet({ clock, log: silentLog, isAllowed: () => true }),
  clock,
  log: silentLog,
  spawn(...args) {
    const child = systemSpawn(...args);
    process.stdout.write(`ffmpeg ${child.pid}\n`);
    return child;
  },
  outside: {
    clock,
    spawn: systemSpawn,
    inputFfmpeg: () => task.ffmpeg,
    resolverPath: () => '',
    networkAllowed: () => true,
    resolve: systemResolve,
  },
  events: {
    onOpened: () => undefined,
    onSegment: ({ startMs, endMs }) => note({ type: 'segment', startMs, endMs }),
    onGap: (gap) => note({ type: 'gap', ...gap }),
    onState: () => undefined,
    onProgress: ({ capturedMs }) => process.stdout.write(`captured ${capturedMs}\n`),
  },
});
const end = await capture.done;
process.stdout.write(`end ${end.outcome}\n`);
process.exit(0);
