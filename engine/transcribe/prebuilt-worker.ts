/**
 * The speech worker for machines without a compiler: the same protocol (protocol/README.md) around @fugood/whisper.node. A program of
 * its own, started by the engine; nothing imports it. It ends when its input ends.
 */
import { once } from 'node:events';

import { systemClock } from '../base/clock.ts';
import { isVigieError } from '#shared/errors.ts';

import { loadPrebuilt, type Prebuilt } from './prebuilt-library.ts';
import { createFrameDecoder, encodeFrame, type Frame } from './protocol/frames.ts';
import { type FromWorker, type Hello, protocolVersion, toWorker, type ToWorker } from './protocol/messages.ts';

type Job = { message: Extract<ToWorker, { type: 'transcribe' }>; sound: Uint8Array };

const jobs: Job[] = [];
const mostWaiting = 64;
let library: Prebuilt | null = null;
let current: { id: number; stop: () => void; stopped: boolean } | null = null;

function answer(message: FromWorker): void {
  process.stdout.write(encodeFrame(message));
}

function answerError(id: number | null, code: Extract<FromWorker, { type: 'error' }>['code'], detail: string): void {
  answer({ type: 'error', id, code, detail: detail.slice(0, 2000) });
}

/** An ordinary exit would wait for the library's threads, which may work on for minutes. */
function leave(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}

/** For the last words: the pipe is emptied before the process goes. */
async function leaveAfterSaying(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  process.stdout.end(() => process.exit(3));
}

async function hello(message: Hello): Promise<void> {
  if (library) return answerError(null, 'bad-request', 'hello comes once');
  if (message.protocol !== protocolVersion) {
    answerError(null, 'version', `this worker speaks protocol ${protocolVersion}`);
    return leaveAfterSaying();
  }
  try {
    library = await loadPrebuilt(message);
  } catch (error) {
    const invalid = isVigieError(error, 'model-invalid') || isVigieError(error, 'model-missing');
    const why = isVigieError(error, 'model-invalid') ? error.data.detail : (error as Error).message;
    answerError(null, invalid ? 'model-invalid' : 'failed', why);
    return leaveAfterSaying();
  }
  answer({
    type: 'ready',
    protocol: protocolVersion,
    worker: 'prebuilt',
    ...library.facts,
    memoryBytes: process.memoryUsage.rss(),
  });
  void work();
}

function cancel(id: number): void {
  if (current?.id === id) {
    current.stopped = true;
    return current.stop();
  }
  const waiting = jobs.findIndex((job) => job.message.id === id);
  if (waiting >= 0) {
    jobs.splice(waiting, 1);
    answerError(id, 'cancelled', 'cancelled');
  }
}

/** One after the other: the library shares one state and all threads. */
async function work(): Promise<void> {
  if (current || !library) return;
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const { id, language, prompt } = job.message;
    const run = { id, stop: () => {}, stopped: false };
    current = run;
    answer({ type: 'progress', id, percent: 0 });
    const startedMs = systemClock.monotonicMs();
    try {
      const heard = await library.hear(job.sound, language, prompt, (stop) => {
        run.stop = stop;
      });
      if (run.stopped) answerError(id, 'cancelled', 'cancelled');
      else {
        answer({ type: 'progress', id, percent: 100 });
        const processingMs = Math.round(systemClock.monotonicMs() - startedMs);
        answer({
          type: 'result',
          id,
          ...heard,
          processingMs,
          secondPass: false,
          memoryBytes: process.memoryUsage.rss(),
        });
      }
    } catch (error) {
      answerError(id, run.stopped ? 'cancelled' : 'failed', (error as Error).message);
    }
  }
  current = null;
}

function receive(frame: Frame): void {
  const parsed = toWorker.safeParse(frame.header);
  if (!parsed.success) return answerError(null, 'bad-request', 'a message outside the protocol');
  const message = parsed.data;
  switch (message.type) {
    case 'hello':
      return void hello(message);
    case 'close':
      return leave();
    case 'forget':
      // One state for all lives, and nothing kept in it from one sound to the next.
      return;
    case 'cancel':
      return cancel(message.id);
    case 'transcribe':
      if (jobs.length >= mostWaiting) return answerError(message.id, 'bad-request', 'too many requests wait');
      if (frame.payload.length % 2 !== 0)
        return answerError(message.id, 'bad-request', 'sound is not whole 16-bit samples');
      jobs.push({ message, sound: frame.payload });
      return void work();
  }
}

const decoder = createFrameDecoder();
process.stdin.on('data', (chunk: Buffer) => {
  try {
    for (const frame of decoder.push(chunk)) receive(frame);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
});
process.stdin.on('end', leave);
// The engine is gone; so is the reason to be here.
process.stdout.on('error', leave);
