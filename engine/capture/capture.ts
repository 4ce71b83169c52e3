import { isVigieError, VigieError } from '#shared/errors.ts';
import { createConductor } from './conductor.ts';
import { type Capture, type CaptureEnd, type CaptureOptions, defaultLimits } from './options.ts';
import { openRecorder } from './recorder.ts';
import { openableSource } from './source/open-source.ts';

export type { Capture, CaptureEnd, CaptureEvents, CaptureLimits, CaptureOptions } from './options.ts';
export { segmentRemainder } from './segment-spool.ts';

/** Why a capture is made to end: by a person, or because the engine closes. */
type Halt = 'stopped' | 'paused';

/**
 * Hears a source: opens it, decodes it, keeps the sound, cuts it into segments, reconnects a live for as long as nobody stops it.
 * `done` never rejects for a reason of the closed error list; a defect rejects it.
 */
export function startCapture(options: CaptureOptions): Capture {
  const halt = new AbortController();
  let why: Halt | null = null;

  const run = async (): Promise<CaptureEnd> => {
    const { events } = options;
    const limits = { ...defaultLimits, ...options.limits };
    let sourceMs: number | null = null;
    events.onState('starting');
    const recorder = await openRecorder({
      ...options,
      limits,
      segmentedMs: options.resume?.segmentedMs ?? 0,
      onDisk: (refuses) => events.onState(refuses ? 'stalled' : 'capturing'),
      sourceMs: () => sourceMs,
    });
    const end = await createConductor({
      options: { ...options, limits },
      recorder,
      source: openableSource(options.source, { ...options, networkMs: limits.networkMs, random: options.random ?? Math.random }),
      onSourceMs: (ms) => {
        sourceMs = ms;
      },
      signal: halt.signal,
    })().catch((error: unknown): CaptureEnd => {
      if (why !== null && halt.signal.aborted) return { outcome: why };
      if (isVigieError(error)) return { outcome: 'failed', error };
      throw error;
    });
    if (end.outcome !== 'paused') await recorder.flush();
    await recorder.close();
    return end;
  };

  const done = run()
    .catch((error: unknown): CaptureEnd => {
      if (isVigieError(error)) return { outcome: 'failed', error };
      options.log.error({ err: error }, 'capture broke');
      throw error;
    })
    .finally(() => options.events.onState('ended'));

  const end = async (reason: Halt) => {
    why ??= reason;
    halt.abort(new VigieError('cancelled', {}));
    await done.catch(() => undefined);
  };
  return { done, stop: () => end('stopped'), pause: () => end('paused') };
}
