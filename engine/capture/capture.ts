import { isVigieError, VigieError } from '#shared/errors.ts';
import { keepAlive } from '../process/keep-alive.ts';
import { createConductor } from './conductor.ts';
import type { OpenSound } from './open-sound.ts';
import { type Capture, type CaptureEnd, type CaptureLimits, type CaptureOptions, defaultLimits } from './options.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import { openableSource } from './source/open-source.ts';
import { createStateTeller } from './state-teller.ts';

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
  let sourceMs: number | null = null;

  let open = (): OpenSound | null => null;
  let reachedMs = () => options.resume?.segmentedMs ?? 0;
  const state = createStateTeller(
    (...told) => options.events.onState(...told),
    () => reachedMs(),
  );

  const run = async (): Promise<CaptureEnd> => {
    const limits = { ...defaultLimits, ...options.limits };
    state.tell('starting', null);
    const recorder = await openRecorder({
      ...options,
      room: options.room ?? { hasRoom: () => true, ranOut: () => undefined },
      segmentedMs: options.resume?.segmentedMs ?? 0,
      signal: halt.signal,
      onDisk: state.disk,
      sourceMs: () => sourceMs,
    });
    reachedMs = () => recorder.endMs;
    open = () => recorder.open();
    try {
      const end = await lead(recorder, limits);
      if (end.outcome !== 'paused') await recorder.flush();
      return end;
    } finally {
      await recorder.close();
    }
  };

  const lead = async (recorder: Recorder, limits: CaptureLimits): Promise<CaptureEnd> => {
    const conductor = createConductor({
      options: { ...options, limits },
      recorder,
      state,
      source: openableSource(options.source, {
        ...options,
        networkMs: limits.networkMs,
        random: options.random ?? Math.random,
      }),
      onSourceMs: (ms) => {
        sourceMs = ms;
      },
      signal: halt.signal,
    });
    const end = await conductor.lead().catch((error: unknown): CaptureEnd => {
      if (why !== null && halt.signal.aborted) return { outcome: why };
      if (isVigieError(error)) return { outcome: 'failed', error };
      throw error;
    });
    if (end.outcome === 'stopped' || end.outcome === 'failed') await conductor.leave();
    return end;
  };

  const release = keepAlive();
  const done = run()
    .catch((error: unknown): CaptureEnd => {
      if (isVigieError(error)) return { outcome: 'failed', error };
      options.log.error({ err: error }, 'capture broke');
      throw error;
    })
    .finally(() => {
      release();
      state.tell('ended', null);
    });

  const end = async (reason: Halt) => {
    why ??= reason;
    halt.abort(new VigieError('cancelled', {}));
    await done.catch(() => undefined);
  };
  return { done, open: () => open(), stop: () => end('stopped'), pause: () => end('paused') };
}
