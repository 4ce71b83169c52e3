import { toVigieError } from '#shared/contract/errors.ts';
import { errorCodes, type ErrorData, VigieError } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import type { Pulse } from '#shared/model/fact.ts';
import type { Live } from '#shared/model/live.ts';
import type { Tentative } from '#shared/model/tentative.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import { bandOf } from '#shared/policy/risk.ts';
import type { Connection } from '../connect.ts';
import type { EndEvent, OutputEvent } from '../output/events.ts';
import { clockTime, percentText } from '../output/figures.ts';
import { neutralise } from '../output/neutralise.ts';
import {
  alertEvent,
  captureEvent,
  gapEvent,
  liveEvent,
  segmentEvent,
  tentativeEvent,
  verdictEvent,
} from '../output/from-model.ts';
import type { Output } from '../output/output.ts';
import { followLive } from './follow/follow-live.ts';
import { followTentative } from './follow/follow-tentative.ts';
import type { FollowedLive, LiveListener } from './follow/teller.ts';
import type { Shell } from './shell.ts';
import { tellDisk } from './disk-notice.ts';
import { tellLane } from './lane-notice.ts';
import { tellSpeech, tellUnusedCard } from './speech-notice.ts';

export type WatchInput = Omit<Parameters<EngineClient['lives']['watch']>[0], 'commandId'>;

export type WatchedLive = FollowedLive & {
  end: EndEvent;
  /** Why the capture failed, when it did. */
  failure: VigieError | null;
};

/**
 * Hears one source to its end and tells everything on the way. The first Ctrl-C ends our capture only: what was heard is
 * still written, weighed and told.
 * @throws VigieError when the source cannot be heard at all
 */
export async function watchLive(
  shell: Shell,
  connection: Connection,
  input: WatchInput,
  tell: (event: OutputEvent) => void,
  options: { tentative?: boolean } = {},
): Promise<WatchedLive> {
  const { output, interrupts, world } = shell;
  const startedMs = world.monotonicMs();
  let alerts: EndEvent['alertsByBand'] = { faible: 0, moyen: 0, eleve: 0 };
  let now = '';
  let pulse: Pulse | null = null;
  const preview = new AbortController();
  const showProgress = () => {
    if (pulse) output.progress(pulseText(pulse, output), now);
  };

  const listener: LiveListener = {
    live: (live) => tell(liveEvent(live)),
    segment(segment) {
      tell(segmentEvent(segment));
      if (segment.verdict) tell(verdictEvent(segment, segment.verdict, false, output.say));
    },
    revised(segment) {
      if (segment.verdict) tell(verdictEvent(segment, segment.verdict, true, output.say));
    },
    alert(alert, segment) {
      const band = bandOf(alert.scoreBp);
      alerts = { ...alerts, [band]: alerts[band] + 1 };
      tell(alertEvent(alert, segment, output.say));
    },
    gap: (gap) => tell(gapEvent(gap)),
    pulse(news) {
      pulse = news;
      showProgress();
    },
    capture: (changed) => tell(captureEvent(changed)),
    disk: (room) => tellDisk(output, room),
    broken: () => output.notice(output.say('notice.reconnecting')),
    speech: (trouble) => tellSpeech(output, trouble),
    lane: (fact) => tellLane(output, fact),
  };

  const start = async () => {
    const commandId = newId(world.now());
    const { liveId } = await connection.client.lives.watch({ ...input, commandId });
    interrupts.onFirst(() => {
      output.notice(output.say('notice.stopping'));
      connection.client.lives
        .stop({ liveId, commandId: newId(world.now()) })
        .catch((error: unknown) => output.failure(asFailure(error)));
    });
    if (options.tentative) {
      const tellTentative = (tentative: Tentative | null) => {
        now = tentative === null ? '' : neutralise(`${tentative.stable} ${tentative.unstable}`.trim());
        if (tentative) tell(tentativeEvent(tentative));
        showProgress();
      };
      followTentative(connection, liveId, tellTentative, preview.signal).catch((error: unknown) =>
        output.failure(asFailure(error)),
      );
    }
    return { liveId };
  };

  try {
    const followed = await followLive(connection, start, listener);
    await tellUnusedCard(output, connection.client);
    const end = endEvent(followed, alerts, world.monotonicMs() - startedMs);
    return { ...followed, end, failure: failureOf(followed.live) };
  } finally {
    interrupts.onFirst(null);
    preview.abort();
    pulse = null;
    output.progress(null);
  }
}

/** Any failure as one of the closed list; a defect keeps its cause for the log. */
export function asFailure(raw: unknown): VigieError {
  const error = toVigieError(raw);
  return error instanceof VigieError
    ? error
    : new VigieError('internal', { reference: newId(Date.now()) }, { cause: error });
}

function pulseText({ capturedMs, writtenMs, sourceMs, lagMs }: Pulse, { say }: Output): string {
  const [captured, written] = [clockTime(capturedMs), clockTime(writtenMs)];
  if (sourceMs === null) return say('progress.live', { captured, written, lag: Math.round(lagMs / 1000) });
  const percent = percentText(Math.min(1, writtenMs / Math.max(1, sourceMs)), say.locale);
  return say('progress.file', { captured, written, source: clockTime(sourceMs), percent });
}

function endEvent(
  { live, gaps, segments }: FollowedLive,
  alertsByBand: EndEvent['alertsByBand'],
  elapsedMs: number,
): EndEvent {
  const count = (state: string) => segments.filter((segment) => segment.state === state).length;
  return {
    type: 'end',
    liveId: live.id,
    title: live.title,
    state: live.state,
    reason: live.endReason,
    soundMs: live.capturedMs,
    elapsedMs: Math.round(elapsedMs),
    segments: segments.length,
    written: count('written'),
    silent: count('silent'),
    filtered: count('filtered'),
    failed: count('failed'),
    gaps: gaps.length,
    gapMs: gaps.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
    alerts: alertsByBand.faible + alertsByBand.moyen + alertsByBand.eleve,
    alertsByBand,
  };
}

/** The failure that ended a live, as the engine kept it; null when it ended in another way. */
function failureOf({ endError }: Live): VigieError | null {
  const code = errorCodes.find((known) => known === endError?.code);
  return endError && code ? new VigieError(code, endError.data as ErrorData) : null;
}
