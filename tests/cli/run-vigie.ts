import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = path.resolve(import.meta.dirname, '../../headless/vigie.ts');

export type JsonLine = { type: string } & Record<string, unknown>;
export type Finished = { code: number | null; stdout: string; stderr: string; elapsedMs: number };

export type Vigie = {
  child: ChildProcess;
  /** Standard output so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when standard output or standard error matches; rejects when the program ends before. */
  said(pattern: RegExp): Promise<void>;
  finished: Promise<Finished>;
};

/** Starts the real program. The environment is clean but for what a test gives: no colours, English unless told. */
export function startVigie(
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string; stdin?: Uint8Array } = {},
): Vigie {
  const since = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'en_GB.UTF-8', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin);
  const text = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      for (const listener of listeners) listener();
    });
  }
  const finished = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    ...text,
    elapsedMs: performance.now() - since,
  }));
  return {
    child,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!pattern.test(text.stdout) && !pattern.test(text.stderr)) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
        void finished.then(({ code }) =>
          reject(new Error(`ended (${code}) without ${pattern}: ${text.stdout}\n${text.stderr}`)),
        );
      }),
    finished,
  };
}

export function vigie(args: readonly string[], options?: Parameters<typeof startVigie>[1]): Promise<Finished> {
  return startVigie(args, options).finished;
}

/** Every line of standard output as an object; throws for a line that is not one. */
export function jsonLines(stdout: string): JsonLine[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonLine);
}

/** A folder for one test file, gone afterwards. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-cli-'));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
