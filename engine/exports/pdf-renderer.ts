import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { VigieError } from '#shared/errors.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { EngineOptions } from '../options.ts';
import type { Spawn } from '../process/spawn.ts';
import { createFrameReader, frame, frameKinds } from './pdf/frames.ts';

export type PdfRenderer = {
  /**
   * The document as PDF bytes. `onProgress` is told basis points, 0..10000.
   * @throws VigieError `export-failed` (worker crashed, garbage, template), `timed-out`, `cancelled`, `engine-stopped`
   */
  render(document: TranscriptDocument, options?: RenderOptions): Promise<Uint8Array>;
  /** Ends what is running and refuses what comes; resolves once no worker is left. */
  close(): Promise<void>;
};
type RenderOptions = { signal?: AbortSignal; onProgress?(bp: number): void };

/** Measured: 1.5 s for 720 segments, 15 s for 7,200, on 2 cores; the limit is for a worker that hangs. */
const limitMs = (segments: number) => 60_000 + segments * 50;

/**
 * One worker process per document, started when it is asked for and gone when it is done: nothing kept in memory between
 * two exports, and a crash in the typesetter costs one export and nothing else.
 */
export function openPdfRenderer(options: {
  spawn: Spawn;
  node: EngineOptions['binaries']['node'];
  resourcesDir: string;
  clock: Clock;
  log: Log;
  /** The worker's file; tests give their own. */
  workerPath?: string;
}): PdfRenderer {
  const { spawn, node, clock, log } = options;
  const workerPath = options.workerPath ?? fileURLToPath(new URL('./pdf-worker.ts', import.meta.url));
  const templateDir = path.join(options.resourcesDir, 'pdf');
  const running = new Map<Promise<Uint8Array>, (error: VigieError) => void>();
  let closed = false;

  function render(document: TranscriptDocument, { signal, onProgress }: RenderOptions = {}): Promise<Uint8Array> {
    if (closed) return Promise.reject(new VigieError('engine-stopped', { reason: 'closing' }));
    if (signal?.aborted) return Promise.reject(new VigieError('cancelled', {}));
    let stop: (error: VigieError) => void = () => undefined;
    const done = new Promise<Uint8Array>((resolve, reject) => {
      const child = spawn(node.path, [...node.args, workerPath, templateDir], { env: node.env });
      let result: { pdf: Uint8Array } | { error: VigieError } | null = null;
      const fail = (detail: string, cause?: unknown) => {
        result ??= { error: new VigieError('export-failed', { format: 'pdf', detail }, { cause }) };
        child.kill('SIGKILL');
      };
      stop = (error) => {
        result ??= { error };
        child.kill('SIGKILL');
      };
      const cancel = () => stop(new VigieError('cancelled', {}));
      signal?.addEventListener('abort', cancel, { once: true });
      const limit = limitMs(document.segments.length);
      const release = clock.schedule(limit, () => stop(new VigieError('timed-out', { what: 'pdf', limitMs: limit })));
      const settle = (code: number | null, exitSignal: string | null) => {
        release();
        signal?.removeEventListener('abort', cancel);
        if (result && 'pdf' in result) return resolve(result.pdf);
        log.warn({ code, exitSignal, problem: result?.error.code ?? 'crashed' }, 'pdf worker ended without a document');
        reject(result?.error ?? new VigieError('export-failed', { format: 'pdf', detail: 'pdf-worker-ended' }));
      };
      listen(child, {
        onProgress,
        onPdf: (pdf) => (result ??= { pdf }),
        fail,
        settle,
      });
      // Word times are not printed, and are most of a document's size.
      const segments = document.segments.map((segment) => ({ ...segment, words: [] }));
      child.stdin?.end(frame(frameKinds.document, JSON.stringify({ ...document, segments })));
    });
    running.set(done, stop);
    const forget = () => running.delete(done);
    done.then(forget, forget);
    return done;
  }

  return {
    render,
    async close() {
      closed = true;
      for (const stop of running.values()) stop(new VigieError('engine-stopped', { reason: 'closing' }));
      await Promise.allSettled(running.keys());
    },
  };
}

function listen(
  child: ChildProcess,
  on: {
    onProgress?(bp: number): void;
    onPdf(pdf: Uint8Array): void;
    fail(detail: string, cause?: unknown): void;
    settle(code: number | null, signal: string | null): void;
  },
): void {
  let settled = false;
  const settle = (code: number | null, signal: string | null) => {
    if (!settled) on.settle(code, signal);
    settled = true;
  };
  const read = createFrameReader((kind, payload) => {
    if (kind === frameKinds.progress) on.onProgress?.(Math.min(10_000, Math.max(0, Number(payload.toString()) || 0)));
    else if (kind === frameKinds.pdf && payload.subarray(0, 5).toString('latin1') === '%PDF-')
      on.onPdf(new Uint8Array(payload));
    else if (kind === frameKinds.failed) on.fail(detailOf(payload));
    else on.fail('the worker answered nonsense');
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      on.fail('the worker answered nonsense', error);
    }
  });
  // Drained so that a talkative worker never blocks; never logged, since it may quote what was said.
  child.stderr?.resume();
  // A worker that dies while it is written to shows in `close`.
  child.stdin?.on('error', () => undefined);
  child.on('error', (error) => {
    on.fail('the worker does not start', error);
    settle(null, null);
  });
  child.on('close', settle);
}

function detailOf(payload: Buffer): string {
  const { detail } = JSON.parse(payload.toString('utf8')) as { detail?: unknown };
  return typeof detail === 'string' ? detail : 'unknown';
}
