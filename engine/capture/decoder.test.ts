import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemSpawn } from '../process/spawn.ts';
import { startDecoder } from './decoder.ts';

const ffmpeg = (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path;
const demo = readFileSync(path.resolve(import.meta.dirname, '../../resources/demo/live-fr.ogg'));

test('waiting for room leaves nothing behind, however often', async () => {
  const children: ChildProcess[] = [];
  const decoder = startDecoder({
    ffmpeg,
    time: 'media',
    spawn: (...given) => {
      const child = systemSpawn(...given);
      children.push(child);
      return child;
    },
  });
  const stdin = children[0]!.stdin!;
  const before = stdin.listenerCount('close');
  let most = 0;
  const writing = (async () => {
    for (let at = 0; at < demo.length; at += 16_384) {
      if (!(await decoder.write(demo.subarray(at, at + 16_384)))) break;
      most = Math.max(most, stdin.listenerCount('close'));
    }
    decoder.end();
  })();
  let heard = 0;
  for await (const item of decoder.sound) heard += item instanceof Uint8Array ? item.length : 0;
  await writing;
  expect(heard).toBeGreaterThan(5_000_000);
  expect(most).toBeLessThanOrEqual(before + 1);
});
