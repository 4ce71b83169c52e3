import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isVigieError } from '#shared/errors.ts';
import { createClockDouble } from '../base/clock-double.ts';
import { silentLog } from '../base/log.ts';
import { systemSpawn } from '../process/spawn.ts';
import { fixtureDocument } from './fixtures/document.ts';
import { openPdfRenderer } from './pdf-renderer.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'vigie-pdf-worker-'));
let workers = 0;

/** A renderer whose worker is this ten-line program; `alive` tells whether any child is left. */
function rendererOf(program: string) {
  const workerPath = path.join(folder, `worker-${(workers += 1)}.mjs`);
  writeFileSync(workerPath, program);
  const clock = createClockDouble();
  const children: ReturnType<typeof systemSpawn>[] = [];
  const renderer = openPdfRenderer({
    spawn: (...args) => {
      const child = systemSpawn(...args);
      children.push(child);
      return child;
    },
    node: { path: process.execPath, args: [] },
    resourcesDir: folder,
    clock,
    log: silentLog,
    workerPath,
  });
  return {
    renderer,
    clock,
    children,
    alive: () => children.some((child) => child.exitCode === null && child.signalCode === null),
  };
}

const document = fixtureDocument({ segments: 2 });
const send = `const send = (kind, body) => { const head = Buffer.alloc(5); head.writeUInt32BE(body.length, 0); head[4] = kind; process.stdout.write(Buffer.concat([head, Buffer.from(body)])); };`;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (isVigieError(error) ? error.code : error),
  );

test('progress and bytes come through', async () => {
  const { renderer, alive } = rendererOf(
    `${send} process.stdin.resume().on('end', () => { send(2, '4200'); send(3, '%PDF-1.7 bytes'); });`,
  );
  const seen: number[] = [];
  const pdf = await renderer.render(document, { onProgress: (bp) => seen.push(bp) });
  expect(Buffer.from(pdf).toString()).toBe('%PDF-1.7 bytes');
  expect(seen).toEqual([4200]);
  expect(alive()).toBe(false);
});

test.each([
  ['dies at once', 'process.exit(3);'],
  ['kills itself while it works', `process.stdin.resume().on('end', () => process.kill(process.pid, 'SIGSEGV'));`],
  ['answers text', `process.stdout.write('hello, this is not a frame at all'); process.stdin.resume();`],
  ['announces four gigabytes', `process.stdout.write(Buffer.from([255, 255, 255, 255, 3])); process.stdin.resume();`],
  ['sends something that is not a PDF', `${send} send(3, '<html>'); process.stdin.resume();`],
  ['stops in the middle of a frame', `process.stdout.write(Buffer.from([0, 0, 1, 0, 3, 37, 80]));`],
  ['says why it failed', `${send} send(4, '{"detail":"no font"}');`],
  ['leaves without a word', 'process.stdin.resume();'],
])('a worker that %s is an export that failed, and nothing else', async (_, program) => {
  const { renderer, alive } = rendererOf(program);
  expect(await codeOf(renderer.render(document))).toBe('export-failed');
  expect(alive()).toBe(false);
});

const hang = 'setInterval(() => undefined, 1000); process.stdin.resume();';

test('a worker that hangs is killed at its limit', async () => {
  const { renderer, clock, alive } = rendererOf(hang);
  const outcome = codeOf(renderer.render(document));
  await clock.advance(120_000);
  expect(await outcome).toBe('timed-out');
  expect(alive()).toBe(false);
});

test('cancelling kills the worker', async () => {
  const { renderer, alive } = rendererOf(hang);
  const abort = new AbortController();
  const outcome = codeOf(renderer.render(document, { signal: abort.signal }));
  abort.abort();
  expect(await outcome).toBe('cancelled');
  expect(alive()).toBe(false);
});

test('what is cancelled beforehand starts nothing', async () => {
  const { renderer, children } = rendererOf(hang);
  expect(await codeOf(renderer.render(document, { signal: AbortSignal.abort() }))).toBe('cancelled');
  expect(children).toHaveLength(0);
});

test('closing ends what runs and refuses what comes', async () => {
  const { renderer, alive } = rendererOf(hang);
  const outcome = codeOf(renderer.render(document));
  await renderer.close();
  expect(await outcome).toBe('engine-stopped');
  expect(alive()).toBe(false);
  expect(await codeOf(renderer.render(document))).toBe('engine-stopped');
});

test('a Node that is not there is a failed export', async () => {
  const renderer = openPdfRenderer({
    spawn: systemSpawn,
    node: { path: path.join(folder, 'no-such-node'), args: [] },
    resourcesDir: folder,
    clock: createClockDouble(),
    log: silentLog,
  });
  expect(await codeOf(renderer.render(document))).toBe('export-failed');
});
