import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildSpeechWorker } from '../speech-worker.mjs';

/**
 * Puts what is not JavaScript where electron-builder.yml takes it from: `dist/package/bin/ffmpeg` and, where this machine
 * can build it, `dist/package/bin/speech/` (the speech worker with one file per processor family).
 * Rejects when ffmpeg is missing; a missing speech worker is told and left out, because the prebuilt one takes over.
 */
export async function stage(root: string, options: { speech: boolean; say: (line: string) => void }): Promise<void> {
  const bin = join(root, 'dist', 'package', 'bin');
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });

  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const ffmpeg = join(root, 'node_modules', '@ffmpeg-installer', `${process.platform}-${process.arch}`, name);
  if (!existsSync(ffmpeg))
    throw new Error(`no ffmpeg for ${process.platform}-${process.arch} in node_modules: run npm ci`);
  await cp(ffmpeg, join(bin, name));
  await chmod(join(bin, name), 0o755);

  if (!options.speech) return;
  const worker = await buildSpeechWorker({ root, variant: 'package' });
  if (worker.path) await cp(dirname(worker.path), join(bin, 'speech'), { recursive: true });
  else options.say(`speech worker left out: ${worker.detail}`);
}
