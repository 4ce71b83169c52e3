import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { buildSpeechWorker, findSpeechWorker, readProgress } from './speech-worker.mjs';

test.each([
  [
    '[12/80] Building CXX object whisper/src/whisper.cpp.o',
    { done: 12, total: 80, label: 'Building CXX object whisper/src/whisper.cpp.o' },
  ],
  ['[ 42%] Building C object ggml.c.o', { done: 42, total: 100, label: 'Building C object ggml.c.o' }],
  ['[100%] Linking', { done: 100, total: 100, label: 'Linking' }],
  ['-- Configuring done', null],
  ['warning: [12/80]', null],
])('progress of "%s"', (line, expected) => {
  expect(readProgress(line)).toEqual(expected);
});

/** Machines without a compiler run the suite too. */
const hasCmake = spawnSync('cmake', ['--version']).status === 0;
let root = '';
const path = process.env.PATH;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigie-build-'));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(root, { recursive: true, force: true });
});

/** A repository with a native folder and something that looks like the source package. */
function layOut(cmake: string): void {
  const source = join(root, 'node_modules/nodejs-whisper/cpp/whisper.cpp');
  mkdirSync(join(source, 'include'), { recursive: true });
  mkdirSync(join(root, 'native'));
  writeFileSync(join(source, 'include/whisper.h'), '');
  writeFileSync(join(source, 'CMakeLists.txt'), '');
  writeFileSync(join(root, 'node_modules/nodejs-whisper/package.json'), '{"version":"1"}');
  writeFileSync(join(root, 'native/CMakeLists.txt'), cmake);
}

test('without the source package there is nothing to build, and the reason is said', async () => {
  expect(findSpeechWorker(root)).toBeNull();
  expect(await buildSpeechWorker({ root })).toMatchObject({
    path: null,
    reason: 'no-source',
    detail: expect.stringContaining('nodejs-whisper'),
  });
});

test('without cmake the reason names the fix', async () => {
  layOut('');
  process.env.PATH = root;
  expect(await buildSpeechWorker({ root })).toMatchObject({
    path: null,
    reason: 'no-cmake',
    detail: expect.stringContaining('cmake'),
  });
});

test.skipIf(!hasCmake)('a failed build keeps its log and leaves no program', async () => {
  layOut('cmake_minimum_required(VERSION 3.16)\nproject(x NONE)\nmessage(FATAL_ERROR "it is raining")\n');
  const result = await buildSpeechWorker({ root });
  expect(result).toMatchObject({
    path: null,
    reason: 'build-failed',
    detail: expect.stringContaining('it is raining'),
  });
  expect(result.logPath).toContain(join(root, '.vigie', 'speech-worker'));
  expect(findSpeechWorker(root)).toBeNull();
});

/** A program that needs no compiler: cmake writes the file itself. */
const copying = `cmake_minimum_required(VERSION 3.16)
project(x NONE)
add_custom_target(vigie-speech COMMAND \${CMAKE_COMMAND} -E make_directory bin COMMAND \${CMAKE_COMMAND} -E touch bin/vigie-speech bin/vigie-speech.exe)
`;

test.skipIf(!hasCmake)('a build is kept until its sources change', async () => {
  layOut(copying);
  const steps: number[] = [];
  const interrupted = join(root, '.vigie/speech-worker/machine-x.building-4194305');
  mkdirSync(interrupted, { recursive: true });
  const first = await buildSpeechWorker({ root, onProgress: ({ done }) => steps.push(done) });
  expect(first).toMatchObject({ built: true, reason: null });
  expect(existsSync(interrupted)).toBe(false);
  expect(steps.length).toBeGreaterThan(1);
  expect(findSpeechWorker(root)).toBe(first.path);
  expect(await buildSpeechWorker({ root })).toMatchObject({ path: first.path, built: false });
  expect(await buildSpeechWorker({ root, force: true })).toMatchObject({ path: first.path, built: true });
  expect(findSpeechWorker(root, { variant: 'package' })).toBeNull();
  writeFileSync(join(root, 'native/more.cpp'), '// more');
  expect(findSpeechWorker(root)).toBeNull();
});
