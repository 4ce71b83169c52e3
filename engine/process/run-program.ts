import { VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Spawn, SpawnOptions } from './spawn.ts';

export type ProgramAnswer = {
  /** Exit status, or the name of the signal that killed it. */
  exit: number | string;
  stdout: string;
  /** Its last `maxBytes`. */
  stderr: string;
};

/**
 * Runs a program that answers and ends: no shell, empty standard input, killed when it takes too long or says too much.
 * @throws VigieError `timed-out`, `too-large`; what `missing` makes of a program that cannot be started; the signal's reason
 */
export async function runProgram(asked: {
  spawn: Spawn;
  clock: Clock;
  /** How errors name it. */
  name: string;
  binary: string;
  args: readonly string[];
  options?: SpawnOptions;
  limitMs: number;
  maxBytes: number;
  missing(cause: unknown): VigieError;
  signal?: AbortSignal;
}): Promise<ProgramAnswer> {
  const { clock, limitMs, maxBytes, name, signal } = asked;
  signal?.throwIfAborted();
  const child = asked.spawn(asked.binary, asked.args, asked.options);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new TypeError('a program needs three pipes');
  // It may leave without reading; its exit says what matters.
  stdin.on('error', () => undefined);
  stdin.end();

  const said: Buffer[] = [];
  let saidBytes = 0;
  let complaint = Buffer.alloc(0);
  const { promise, resolve, reject } = Promise.withResolvers<ProgramAnswer>();
  stdout.on('data', (piece: Buffer) => {
    saidBytes += piece.length;
    if (saidBytes > maxBytes) reject(new VigieError('too-large', { what: name, limitBytes: maxBytes }));
    else said.push(piece);
  });
  stderr.on('data', (piece: Buffer) => {
    complaint = Buffer.concat([complaint, piece]).subarray(-maxBytes);
  });
  child.once('error', (cause) => reject(asked.missing(cause)));
  child.once('close', (code, killedBy) =>
    resolve({
      exit: code ?? killedBy ?? 'gone',
      stdout: Buffer.concat(said).toString('utf8'),
      stderr: complaint.toString('utf8'),
    }),
  );
  const cancel = clock.schedule(limitMs, () => reject(new VigieError('timed-out', { what: name, limitMs })));
  const onAbort = () => reject(signal?.reason as Error);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    cancel();
    signal?.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
    stdout.destroy();
    stderr.destroy();
  }
}
