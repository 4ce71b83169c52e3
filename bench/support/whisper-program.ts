import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.ts';

/** whisper.cpp's own program, from the same source and with the same flags as our worker. Built once, about a minute. */
export function whisperProgram(): string {
  const build = path.join(root, '.vigie', 'bench-whisper-cli-2');
  const program = path.join(build, 'bin', 'whisper-cli');
  if (existsSync(program)) return program;
  const source = path.join(root, 'node_modules', 'nodejs-whisper', 'cpp', 'whisper.cpp');
  const flags = [
    '-DCMAKE_BUILD_TYPE=Release',
    '-DGGML_NATIVE=ON',
    '-DGGML_LLAMAFILE=ON',
    '-DBUILD_SHARED_LIBS=OFF',
    '-DWHISPER_BUILD_TESTS=OFF',
    '-DGGML_CCACHE=OFF',
  ];
  execFileSync('cmake', ['-S', source, '-B', build, ...flags], { stdio: 'ignore' });
  execFileSync('cmake', ['--build', build, '--config', 'Release', '--target', 'whisper-cli', '--parallel', '2'], {
    stdio: 'ignore',
  });
  return program;
}

/** As the engine does for its worker: without it two programs on two cores spend their time waiting for each other. */
export const considerate = { ...process.env, OMP_WAIT_POLICY: 'passive' };

/** Greedy, no text carried over, no second attempt: what our worker does on a good window. `files`: 16 kHz WAV, one after the other. */
export function whisperArguments(model: string, files: readonly string[], threads: number): string[] {
  const decoding = ['-l', 'fr', '-t', String(threads), '-mc', '0', '-bs', '1', '-bo', '1', '-nf'];
  return ['-m', model, ...decoding, '-np', '-ng', ...files.flatMap((file) => ['-f', file])];
}

/** What the program printed, without its times. */
export const textOf = (output: string): string =>
  output
    .replaceAll(/^\[[^\]]*\]/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
