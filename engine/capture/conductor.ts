import { isVigieError, VigieError } from '#shared/errors.ts';
import type { GapCause } from '#shared/model/live.ts';
import { createBackoff } from './backoff.ts';
import { brokenOff } from './broken-off.ts';
import { startDecoder } from './decoder.ts';
import type { CaptureEnd, CaptureLimits, CaptureOptions } from './options.ts';
import { createPlacement } from './placement.ts';
import type { Recorder } from './recorder.ts';
import { delayBefore, waitForTurn } from './next-attempt.ts';
import { runSession, type SessionEnd } from './session.ts';
import type { Feed, OpenableSource } from './source/feed.ts';
import type { StateTeller } from './state-teller.ts';
import { createTimeline } from './timeline.ts';
import { createGoneCount, gapCauseOf, isFatal, isPermanent } from './verdicts.ts';

/** Opening may take several answers (redirects, playlists, the index of a film), each with its own limit; all of them no longer than this. */
const openStalls = 3;
/** Not to have listened is our doing, whatever the source did meanwhile. */
const ownCauses: ReadonlySet<GapCause> = new Set(['disk', 'suspended', 'decoder']);

/**
 * Leads a capture through its connections: what position each one starts at, when one has ended for good, when the next one is due
 * and what is declared missing between two.
 */
export function createConductor(hands: {
  options: CaptureOptions & { limits: CaptureLimits };
  recorder: Recorder;
  state: StateTeller;
  source: OpenableSource;
  onSourceMs(ms: number | null): void;
  signal: AbortSignal;
}): {
  lead(): Promise<CaptureEnd>;
  /** The capture ends without its live having ended: what is missing up to now is declared. */
  leave(): Promise<void>;
} {
  const { options, recorder, source, state, signal } = hands;
  const { clock, events, limits, log } = options;
  const backoff = createBackoff(limits, options.random ?? Math.random);
  const timeline = createTimeline(clock, options.startedAt);
  const gone = createGoneCount();

  /** Sound has come from this source, in this capture or, when it is resumed, before. */
  let worked = options.resume !== null;
  let opened = false;
  let kind: Feed['kind'] | null = null;
  let cause: GapCause = options.resume ? 'crash' : 'network';
  let attempts = 0;
  /** Sound of this source that was recorded in this capture, ms. */
  let heardMs = 0;
  let hearing = false;
  /** Sound has come since the last connection ended. */
  let heardLately = false;
  /** Length that the source states, ms. */
  let sourceMs: number | null = null;
  let damaged = false;

  const connect = async (): Promise<SessionEnd> => {
    let feed: Feed;
    const connection = new AbortController();
    const startedMs = clock.monotonicMs();
    const cancelQuiet = clock.schedule(limits.stallMs, () => state.tell('stalled', opened ? cause : 'stall'));
    const cancelOpen = clock.schedule(openStalls * limits.stallMs, () =>
      connection.abort(new VigieError('cancelled', {})),
    );
    try {
      feed = await source.open(AbortSignal.any([signal, connection.signal]), () => heardMs);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (connection.signal.aborted) return { how: 'stalled', by: 'source', quietMs: clock.monotonicMs() - startedMs };
      if (!(error instanceof VigieError)) throw error;
      // Nobody answers, which is another thing than a refusal.
      if (isVigieError(error, 'timed-out')) state.tell('stalled', opened ? cause : 'stall');
      return { how: 'failed', error };
    } finally {
      cancelQuiet();
      cancelOpen();
    }
    kind = feed.kind;
    const live = kind === 'live';
    const holdMs = live ? limits.diskHoldMs : Number.POSITIVE_INFINITY;
    if (timeline.takeSuspension() && opened) cause = 'suspended';
    const record = (pcm: Uint8Array) => recorder.accept(pcm, holdMs);
    const place = createPlacement({
      recorder,
      live,
      wallMs: timeline.offsetMs,
      cause,
      jumpCause: () => (timeline.takeSuspension() ? 'suspended' : 'source'),
      record,
    });

    const end = await runSession({
      feed,
      startDecoder: () => startDecoder({ ...options, time: live ? 'arrival' : 'media' }),
      clock,
      stallMs: Math.max(limits.stallMs, 1.5 * (feed.targetDurationMs ?? 0)),
      signal,
      onBytes: place.arrive,
      onBreak: place.interrupt,
      onJump: place.jump,
      onTick() {
        timeline.watch();
        recorder.tell();
      },
      async onSound(pcm, durationMs) {
        const known = feed.durationMs ?? (live ? null : durationMs);
        sourceMs = known ?? sourceMs;
        hands.onSourceMs(known);
        const wanted = await place.next(pcm);
        if (!opened) events.onOpened({ kind: feed.kind, durationMs: known, stretchStartMs: recorder.endMs });
        opened = true;
        hearing = true;
        heardLately = true;
        state.tell('capturing', null);
        if (wanted.length === 0) return;
        worked = true;
        attempts = 0;
        gone.reset();
        backoff.reset();
        const beforeMs = recorder.endMs;
        await record(wanted).finally(() => {
          heardMs += recorder.endMs - beforeMs;
        });
      },
      async onRunEnd() {
        place.endRun();
        await recorder.endRun();
      },
      onQuiet(by, starved) {
        state.tell('stalled', by === 'decoder' ? 'decoder' : 'stall');
        // What plays whenever it is asked for is waited for; only a decoder that takes nothing and gives nothing is replaced.
        return live || (!starved && source.reopens);
      },
    }).finally(() => connection.abort(new VigieError('cancelled', {})));
    hearing = false;
    if (end.how === 'ended') await place.settle();
    if (end.how === 'ended' && !live && worked) {
      const broken = brokenOff({ ...end, heardMs: recorder.endMs, sourceMs });
      damaged = broken.damaged;
      if (broken.missingMs > 0) await recorder.gapTo(recorder.endMs + broken.missingMs, 'source');
    }
    return end;
  };

  /** What a connection's end means: the capture's end, or null to try again. */
  const judge = (end: SessionEnd): CaptureEnd | null => {
    if (end.how === 'disk') return null;
    const live = kind === 'live' || (kind === null && options.resume?.onDemand === false);
    if (end.how === 'ended' && worked) return { outcome: 'ended', damaged };
    const error = errorOf(end, source.label, limits);
    if (worked && live && gone.isGone(error)) return { outcome: 'ended', damaged: false };
    if (isFatal(error) || (isPermanent(error) && !(worked && live))) return { outcome: 'failed', error };
    if (!source.reopens) return { outcome: 'failed', error };
    attempts += 1;
    const bounded = !worked || !live;
    return bounded && attempts >= limits.openAttempts ? { outcome: 'failed', error } : null;
  };

  const lead = async (): Promise<CaptureEnd> => {
    for (;;) {
      const end = await connect();
      const verdict = judge(end);
      if (verdict) {
        // It ended while we were not listening, for a reason of our own: what was said meanwhile is missing.
        if (verdict.outcome === 'ended' && kind === 'live' && !heardLately && ownCauses.has(cause))
          await recorder.gapTo(timeline.offsetMs(), cause);
        return verdict;
      }
      const suspended = timeline.takeSuspension();
      // What broke the sound is why it is missing, whatever the attempts after that run into.
      if (suspended) cause = 'suspended';
      else if (heardLately || !opened) cause = gapCauseOf(end);
      heardLately = false;
      if (end.how === 'disk') await recorder.untilDiskAccepts();
      const delayMs = suspended || end.how === 'disk' ? 0 : delayBefore(end, backoff.next(), limits);
      log.warn({ end: end.how, code: end.how === 'failed' ? end.error.code : undefined, delayMs }, 'reconnecting');
      state.tell('reconnecting', cause);
      await waitForTurn({ delayMs, end, clock, net: options.net, signal });
    }
  };
  return {
    lead,
    async leave() {
      const live = kind === 'live' || (kind === null && options.resume?.onDemand === false);
      if (live && worked && !hearing) await recorder.gapTo(timeline.offsetMs(), cause);
    },
  };
}

function errorOf(end: Exclude<SessionEnd, { how: 'disk' }>, label: string, limits: CaptureLimits): VigieError {
  if (end.how === 'failed') return end.error;
  if (end.how === 'ended') return new VigieError('source-unreadable', { source: label, detail: 'no-sound' });
  if (end.how === 'decoder') return new VigieError('source-unreadable', { source: label, detail: end.detail });
  return new VigieError('timed-out', { what: 'sound', limitMs: limits.stallMs });
}
