import { createRequire } from 'node:module';
import path from 'node:path';
import type { EngineOptions } from '#engine';
import { findSpeechWorker } from '../../build/speech-worker.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
export const resourcesDir = path.join(root, 'resources');
export const demoLive = path.join(resourcesDir, 'demo', 'live-fr.ogg');
export const ffmpegPath = (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path;

/** Options of an engine made of real parts, on the folder of a test. */
export function testEngineOptions(dataDir: string, more: Partial<EngineOptions> = {}): EngineOptions {
  return {
    dataDir,
    resourcesDir,
    owner: 'test',
    // Test files run side by side: two spinning threads each on two cores would be slower than one.
    speech: { threads: 1 },
    binaries: { ffmpeg: ffmpegPath, speechWorker: findSpeechWorker(root), node: { path: process.execPath, args: [] } },
    ...more,
  };
}
