/** Supervision of one speech worker, from its start to its end. Restarting is the business of worker-keeper.ts. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Spawn } from '../process/spawn.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';

import { createFrameDecoder, encodeFrame, FrameError } from './protocol/frames.ts';
import {
  type FromWorker,
  fromWorker,
  type Hello,
  protocolVersion,
  type Ready,
  type ToWorker,
  type WorkerResult,
} from './protocol/messages.ts';
import { createTextRing } from './text-ring.ts';

export type Launch = { command: string; args: readonly string[]; env?: Record<string, string> };
export type Hearing = { pcm: Int16Array; state: string; language: string; prompt?: string; signal?: AbortSignal };

/** Why a worker ended: the first reason, whatever the exit code of a later kill says. `stopped`: by us. */
export type WorkerExit = {
  reason: 'stopped' | 'crashed' | 'timed-out' | 'garbage' | 'refused' | 'not-started';
  detail: string;
};

export type WorkerProcess = {
  /** Resolves when the worker says ready. Rejects with model-invalid or speech-unavailable when it never will. */
  ready: Promise<Ready>;
  /** Resolves once the process is gone. Never rejects. */
  exited: Promise<WorkerExit>;
  alive(): boolean;
  /**
   * One request at a time. Settles when the worker has answered, also after `signal` aborts (then usually with `cancelled`).
   * Rejects with speech-failed (crashed, timed-out, garbage, refused), cancelled or engine-stopped.
   */
  transcribe(hearing: Hearing): Promise<WorkerResult>;
  /** Frees what the worker keeps for a live that has ended. */
  forget(state: string): void;
  /** Asks it to leave, kills it after the grace time. */
  stop(): Promise<WorkerExit>;
};

export type WorkerOptions = {
  launch: Launch;
  hello: Omit<Hello, 'type' | 'protocol'>;
  clock: Clock;
  log: Log;
  spawn: Spawn;
  /** A large model on a slow disk takes a while. */
  startTimeoutMs?: number;
  /** How long one request may take, from the length of its sound. */
  requestTimeoutMs?: (soundMs: number) => number;
  graceMs?: number;
};

/** Half a minute, and twenty times the sound: beyond that a live could never be followed on this machine anyway. */
const patience = (soundMs: number) => 30_000 + 20 * soundMs;

export function startWorkerProcess(options: WorkerOptions): WorkerProcess {
  const { clock, log, launch } = options;
  const ready = Promise.withResolvers<Ready>();
  const exited = Promise.withResolvers<WorkerExit>();
  // A worker that fails before anyone asked must not become an unhandled rejection; whoever asks later still gets it.
  ready.promise.catch(() => undefined);
  let ending: WorkerExit | null = null;
  let said: Ready | null = null;
  let nextId = 1;
  let current: { id: number; promise: PromiseWithResolvers<WorkerResult>; cancelTimer: () => void } | null = null;
  let cancelStopTimer = () => {};
  const stderr = createTextRing(8192);
  const decoder = createFrameDecoder();

  const child = options.spawn(launch.command, launch.args, launch.env ? { env: launch.env } : {});

  /** The one place where the end is decided. */
  const end = (exit: WorkerExit, error?: VigieError) => {
    if (ending) return;
    ending = exit;
    cancelStartTimer();
    ready.reject(error ?? new VigieError('speech-unavailable', { detail: `${exit.reason}: ${exit.detail}` }));
    const held = current;
    current = null;
    held?.cancelTimer();
    held?.promise.reject(error ?? failureOf(exit));
    if (exit.reason !== 'stopped') {
      log.warn({ reason: exit.reason, detail: exit.detail, stderr: stderr.text() }, 'speech worker ended');
      child.kill('SIGKILL');
    }
  };
  const cancelStartTimer = clock.schedule(options.startTimeoutMs ?? 120_000, () =>
    end({ reason: 'timed-out', detail: 'did not say ready' }),
  );

  const send = (message: ToWorker, payload?: Uint8Array) => {
    if (!ending && child.stdin?.writable) child.stdin.write(encodeFrame(message, payload));
  };

  const settle = (id: number, act: (promise: PromiseWithResolvers<WorkerResult>) => void) => {
    if (!current || current.id !== id) return end({ reason: 'garbage', detail: 'an answer nobody asked for' });
    const { promise, cancelTimer } = current;
    current = null;
    cancelTimer();
    act(promise);
  };

  const receive = (message: FromWorker) => {
    if (ending) return;
    switch (message.type) {
      case 'ready':
        if (said) return end({ reason: 'garbage', detail: 'ready twice' });
        if (message.protocol !== protocolVersion) {
          return end({ reason: 'refused', detail: `speaks protocol ${message.protocol}, not ${protocolVersion}` });
        }
        said = message;
        cancelStartTimer();
        return ready.resolve(message);
      case 'progress':
        // A late one for a request just answered says nothing wrong about the worker.
        return;
      case 'result':
        return settle(message.id, (promise) => promise.resolve(message));
      case 'error': {
        const { id, code, detail } = message;
        if (id !== null) {
          return settle(id, (promise) =>
            promise.reject(code === 'cancelled' ? new VigieError('cancelled', {}) : refusal(detail)),
          );
        }
        const modelInvalid =
          code === 'model-invalid'
            ? new VigieError('model-invalid', { model: options.hello.model, detail })
            : undefined;
        return end({ reason: 'refused', detail: `${code}: ${detail}` }, modelInvalid);
      }
    }
  };

  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      for (const frame of decoder.push(chunk)) receive(fromWorker.parse(frame.header));
    } catch (error) {
      const detail = error instanceof FrameError ? error.message : 'a message outside the protocol';
      end({ reason: 'garbage', detail });
    }
  });
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk.toString('utf8')));
  // A pipe breaks when its reader is gone; 'close' below then tells why. Errors of reading end the same way.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on('error', () => undefined);
  child.on('error', (error) => {
    end({ reason: 'not-started', detail: error.message });
    if (child.pid === undefined) exited.resolve(ending ?? { reason: 'not-started', detail: error.message });
  });
  child.on('close', (code, signal) => {
    cancelStopTimer();
    const cut = decoder.pendingBytes() > 0 ? ' in the middle of a frame' : '';
    end({ reason: 'crashed', detail: signal ? `signal ${signal}${cut}` : `exit code ${code}${cut}` });
    if (ending) exited.resolve(ending);
  });

  send({ type: 'hello', protocol: protocolVersion, ...options.hello });

  return {
    ready: ready.promise,
    exited: exited.promise,
    alive: () => ending === null,
    async transcribe({ pcm, state, language, prompt, signal }) {
      await ready.promise;
      if (ending) throw failureOf(ending);
      if (current) throw new Error('one request at a time');
      if (signal?.aborted) throw new VigieError('cancelled', {});
      const id = nextId++;
      const limitMs = (options.requestTimeoutMs ?? patience)(pcm.length / 16);
      const cancelTimer = clock.schedule(limitMs, () =>
        end({ reason: 'timed-out', detail: `no answer in ${limitMs} ms` }),
      );
      const promise = Promise.withResolvers<WorkerResult>();
      current = { id, promise, cancelTimer };
      send(
        { type: 'transcribe', id, state, language, ...(prompt ? { prompt } : {}) },
        new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength),
      );
      const onAbort = () => send({ type: 'cancel', id });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return await promise.promise;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    forget: (state) => send({ type: 'forget', state }),
    stop() {
      send({ type: 'close' });
      end({ reason: 'stopped', detail: 'by the engine' });
      child.stdin?.end();
      cancelStopTimer = clock.schedule(options.graceMs ?? 2000, () => child.kill('SIGKILL'));
      return exited.promise;
    },
  };
}

/** Whether a request may succeed with another worker: everything but what the caller or the request itself caused. */
export function isWorkerFault(error: unknown): error is VigieError<'speech-failed'> {
  return isVigieError(error, 'speech-failed') && (error as VigieError<'speech-failed'>).data.reason !== 'refused';
}

function refusal(detail: string): VigieError {
  return new VigieError('speech-failed', { reason: 'refused', detail });
}

function failureOf({ reason, detail }: WorkerExit): VigieError {
  if (reason === 'stopped') return new VigieError('engine-stopped', { reason: 'closing' });
  return new VigieError('speech-failed', { reason: reason === 'not-started' ? 'crashed' : reason, detail });
}
