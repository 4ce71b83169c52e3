import { VigieError } from '#shared/errors.ts';
import type { CaptureState, GapCause } from '#shared/model/live.ts';
import { createBackoff } from './backoff.ts';
import { startDecoder } from './decoder.ts';
import type { CaptureEnd, CaptureLimits, CaptureOptions } from './options.ts';
import { createPlacement } from './placement.ts';
import type { Recorder } from './recorder.ts';
import { runSession, type SessionEnd } from './session.ts';
import type { Feed, OpenableSource } from './source/feed.ts';
import { createTimeline } from './timeline.ts';
import { gapCauseOf, isFatal, isPermanent, isSourceGone } from './verdicts.ts';

/** Opening may take several answers (redirects, playlists, the index of a film), each with its own limit; all of them no longer than this. */
const openStalls = 3;

/**
 * Leads a capture through its connections: what position each one starts at, when one has ended for good, when the next one is due
 * and what is declared missing between two.
 */
export function createConductor(hands: {
  options: CaptureOptions & { limits: CaptureLimits };
  recorder: Recorder;
  source: OpenableSource;
  onSourceMs(ms: number | null): void;
  signal: AbortSignal;
}): () => Promise<CaptureEnd> {
  const { options, recorder, source, signal } = hands;
  const { clock, events, limits, log } = options;
  const backoff = createBackoff(limits, options.random ?? Math.random);
  const timeline = createTimeline(clock, options.startedAt);

  let state: CaptureState = 'starting';
  const tell = (next: CaptureState) => {
    if (next !== state) events.onState(next);
    state = next;
  };

  /** Sound has come from this source, in this capture or, when it is resumed, before. */
  let worked = options.resume !== null;
  let opened = false;
  let kind: Feed['kind'] | null = null;
  let cause: GapCause = options.resume ? 'crash' : 'network';
  let attempts = 0;

  const connect = async (): Promise<SessionEnd> => {
    let feed: Feed;
    const connection = new AbortController();
    const cancelQuiet = clock.schedule(limits.stallMs, () => tell('stalled'));
    const cancelOpen = clock.schedule(openStalls * limits.stallMs, () =>
      connection.abort(new VigieError('cancelled', {})),
    );
    try {
      feed = await source.open(AbortSignal.any([signal, connection.signal]));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (connection.signal.aborted) return { how: 'stalled' };
      if (error instanceof VigieError) return { how: 'failed', error };
      throw error;
    } finally {
      cancelQuiet();
      cancelOpen();
    }
    kind = feed.kind;
    const live = kind === 'live';
    if (timeline.takeSuspension() && opened) cause = 'suspended';
    const place = createPlacement({ recorder, live, wallMs: timeline.offsetMs, cause });

    const end = await runSession({
      feed,
      startDecoder: () => startDecoder({ ...options, time: live ? 'arrival' : 'media' }),
      clock,
      stallMs: Math.max(limits.stallMs, 1.5 * (feed.targetDurationMs ?? 0)),
      signal,
      onBytes: place.arrive,
      onBreak: place.interrupt,
      onTick() {
        timeline.watch();
        recorder.tell();
      },
      async onSound(pcm, durationMs) {
        const known = feed.durationMs ?? (live ? null : durationMs);
        hands.onSourceMs(known);
        const wanted = await place.next(pcm);
        if (!opened) events.onOpened({ kind: feed.kind, durationMs: known, stretchStartMs: recorder.endMs });
        opened = true;
        tell('capturing');
        if (wanted.length === 0) return;
        worked = true;
        attempts = 0;
        backoff.reset();
        await recorder.accept(wanted, signal);
      },
      async onRunEnd() {
        place.endRun();
        await recorder.endRun(signal);
      },
      onQuiet(starved) {
        tell('stalled');
        // What plays whenever it is asked for is waited for; only a decoder that takes nothing and gives nothing is replaced.
        return live || (!starved && source.reopens);
      },
    }).finally(() => connection.abort(new VigieError('cancelled', {})));
    if (end.how === 'ended') await place.settle();
    return end;
  };

  /** What a connection's end means: the capture's end, or null to try again. */
  const judge = (end: SessionEnd): CaptureEnd | null => {
    const live = kind === 'live' || (kind === null && options.resume?.onDemand === false);
    if (end.how === 'ended' && worked) return { outcome: 'ended' };
    const error = errorOf(end, source.label, limits);
    if (worked && live && isSourceGone(error)) return { outcome: 'ended' };
    if (isFatal(error) || (isPermanent(error) && !(worked && live))) return { outcome: 'failed', error };
    if (!source.reopens) return { outcome: 'failed', error };
    attempts += 1;
    const bounded = !worked || !live;
    return bounded && attempts >= limits.openAttempts ? { outcome: 'failed', error } : null;
  };

  return async () => {
    for (;;) {
      const end = await connect();
      const verdict = judge(end);
      if (verdict) return verdict;
      const suspended = timeline.takeSuspension();
      cause = suspended ? 'suspended' : gapCauseOf(end);
      const delayMs = suspended ? 0 : backoff.next();
      log.warn({ end: end.how, code: end.how === 'failed' ? end.error.code : undefined, delayMs }, 'reconnecting');
      tell('reconnecting');
      await clock.delay(delayMs, signal);
    }
  };
}

function errorOf(end: SessionEnd, label: string, limits: CaptureLimits): VigieError {
  if (end.how === 'failed') return end.error;
  if (end.how === 'ended') return new VigieError('source-unreadable', { source: label, detail: 'no sound' });
  if (end.how === 'decoder') return new VigieError('source-unreadable', { source: label, detail: end.detail });
  return new VigieError('timed-out', { what: 'sound', limitMs: limits.stallMs });
}
