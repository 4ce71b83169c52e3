import { accountUrl, parseAccounts } from '#shared/model/account.ts';
import { VigieError } from '#shared/errors.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { PresenceReason, Watch, WatchPlatform, WatchPolicy } from '#shared/model/watch.ts';
import type { Clock } from '../base/clock.ts';
import type { CaptureService } from '../capture/capture-service.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import { type LivesStore, sourceOf } from '../lives/lives-store.ts';
import { judge } from './judge.ts';
import type { Presence } from './resolver.ts';
import { nextLookMs } from './schedule.ts';
import type { WatchesStore, WatchRow } from './watches-store.ts';

export type WatchChoices = {
  policy: WatchPolicy;
  priority: number;
  paused: boolean;
  language: Settings['language'] | null;
  model: string | null;
  caseId: string | null;
};

export type Refused = {
  text: string;
  reason: 'not-an-account' | 'already-followed' | 'other-platform' | 'short-link';
  watchId: string | null;
};

export type WatchesService = ReturnType<typeof createWatchesService>;

/** A capture that ended a moment ago is not begun again before the platform can have noticed. */
const settleMs = 60_000;

/** Who is followed, and what a look at an account changes. Commands are called inside the transaction that remembers their answer. */
export function createWatchesService(deps: {
  store: Store;
  watches: WatchesStore;
  lives: LivesStore;
  journal: Journal;
  capture: Pick<CaptureService, 'watch'>;
  clock: Clock;
  profileId: string;
  settings(): Settings;
  /** All sound of a live stays. */
  keepSound(liveId: string, actor: string): void;
  /** Told after the commit that other accounts, or others of them, are to be looked at. */
  onChange(): void;
  random(): number;
}) {
  const { store, watches, lives, journal, clock } = deps;
  const told = () => store.afterCommit(deps.onChange);

  /** @throws VigieError `not-found` */
  function known(watchId: string): Watch {
    const found = watches.get(watchId);
    if (!found) throw new VigieError('not-found', { what: 'watch', id: watchId });
    return found;
  }
  function row(watchId: string): WatchRow {
    known(watchId);
    const found = watches.row(watchId);
    if (!found) throw new Error('a watch just read cannot be read');
    return found;
  }
  const isHeard = (liveId: string | null): boolean => {
    const live = liveId === null ? undefined : lives.row(liveId);
    return live?.state === 'en_cours' && live.capture_state !== 'ended';
  };

  /** Starts hearing an account; the live that is being heard already is answered instead of a second one. */
  function hear(
    watch: WatchRow,
    room: { id: string | null; title: string | null; streamUrl: string | null },
    model: string,
    actor: string,
  ): string {
    if (watch.live_id !== null && isHeard(watch.live_id)) return watch.live_id;
    const liveId = deps.capture.watch({
      source: { kind: 'tiktok', handle: watch.handle, roomId: room.id, streamUrl: room.streamUrl },
      title: room.title?.trim() || `@${watch.handle}`,
      account: watch.handle,
      caseId: watch.case_id,
      watchId: watch.id,
      priority: watch.priority,
      keepAudio: watch.policy !== 'transcribe',
      language: watch.language ?? deps.settings().language,
      model,
      pace: null,
      actor,
    });
    watches.update(watch.id, { live_id: liveId, last_live_at: clock.now() });
    return liveId;
  }

  /** Whether a live on air is to be heard now: by its policy, once, and not again where a person stopped it. */
  function isWanted(watch: WatchRow, roomId: string): boolean {
    if (watch.policy === 'notify' || isHeard(watch.live_id)) return false;
    const last = watches.lastLive(watch.id);
    if (!last || last.ended_at === null) return true;
    const source = sourceOf(last);
    if (source.kind !== 'tiktok' || source.roomId !== roomId) return true;
    return last.end_reason !== 'stopped-by-us' && clock.now() - last.ended_at >= settleMs;
  }

  return {
    known,
    add(
      text: string,
      choices: { platform: WatchPlatform; policy: WatchPolicy; priority: number; caseId: string | null },
      actor: string,
    ): { added: Watch[]; refused: Refused[] } {
      const added: Watch[] = [];
      const refused: Refused[] = [];
      for (const read of parseAccounts(text)) {
        if ('problem' in read) {
          refused.push({ text: read.text, reason: read.problem, watchId: null });
          continue;
        }
        const { handle } = read.account;
        const followed = watches.followed(deps.profileId, choices.platform, handle);
        if (followed) {
          refused.push({ text: read.text, reason: 'already-followed', watchId: followed.id });
          continue;
        }
        const id = watches.insert({
          profile_id: deps.profileId,
          platform: choices.platform,
          handle,
          url: accountUrl(read.account),
          policy: choices.policy,
          priority: choices.priority,
          case_id: choices.caseId,
        });
        journal.append({ kind: 'watch.added', subjectId: id, data: { policy: choices.policy }, actor });
        added.push(known(id));
      }
      if (added.length > 0) told();
      return { added, refused };
    },
    change(watchId: string, patch: Partial<WatchChoices>, actor: string): Watch {
      const before = known(watchId);
      const { caseId, paused, ...same } = patch;
      const now = clock.now();
      watches.update(watchId, {
        ...same,
        ...(caseId === undefined ? {} : { case_id: caseId }),
        // Gone on with at once; a pause asks nothing more.
        ...(paused === undefined ? {} : { paused: paused ? 1 : 0, next_check_at: paused ? null : now }),
      });
      const after = known(watchId);
      const names = (Object.keys(patch) as (keyof WatchChoices)[]).filter((name) => before[name] !== after[name]);
      if (names.length === 0) return after;
      // The live that is being heard keeps its sound too; the other way round only later lives are meant: in doubt it stays.
      if (after.policy === 'keep-audio' && after.policy !== before.policy && after.liveId !== null)
        deps.keepSound(after.liveId, actor);
      journal.append({ kind: 'watch.changed', subjectId: watchId, data: { fields: names.sort().join(',') }, actor });
      told();
      return after;
    },
    /** A capture that runs goes on to its end. */
    remove(watchId: string, actor: string) {
      known(watchId);
      watches.update(watchId, { removed_at: clock.now() });
      journal.append({ kind: 'watch.removed', subjectId: watchId, actor });
      told();
    },
    /** @throws VigieError `not-found`, `bad-input` when the account is followed again meanwhile */
    restore(watchId: string, actor: string): Watch {
      const removed = watches.row(watchId);
      if (!removed) throw new VigieError('not-found', { what: 'watch', id: watchId });
      if (removed.removed_at === null) return known(watchId);
      if (watches.followed(removed.profile_id, removed.platform, removed.handle))
        throw new VigieError('bad-input', { problem: `@${removed.handle} is followed again already` });
      watches.update(watchId, { removed_at: null, next_check_at: removed.paused === 1 ? null : clock.now() });
      journal.append({ kind: 'watch.restored', subjectId: watchId, actor });
      told();
      return known(watchId);
    },
    checkSoon(watchId: string): number {
      known(watchId);
      const now = clock.now();
      watches.update(watchId, { next_check_at: now });
      told();
      return now;
    },
    /** Hears an account whatever was detected. */
    capture(
      watchId: string,
      room: { roomId: string | null; streamUrl: string | null },
      model: string,
      actor: string,
    ): string {
      const watch = row(watchId);
      return hear(watch, { id: room.roomId, title: null, streamUrl: room.streamUrl }, model, actor);
    },

    /**
     * What was said of an account, in one transaction: its state, its figures, and the capture of a live that began.
     * @param model path of the model that a capture begun here uses
     * @returns ms until the next look; null when the account is not followed any more
     */
    look(watchId: string, presence: Presence, model: string): number | null {
      return store.transaction((): number | null => {
        const watch = watches.row(watchId);
        if (!watch || watch.removed_at !== null) return null;
        const now = clock.now();
        const before = {
          state: watch.state,
          reason: watch.reason as PresenceReason,
          stateSince: watch.state_since,
          endedAnswers: watch.ended_answers,
          failures: watch.failures,
        };
        const { known: after, happened } = judge(before, presence, now);
        const { room } = presence;
        const onAir = presence.state === 'en_ligne' && room !== null;
        const heardId = isHeard(watch.live_id) ? watch.live_id : null;
        if (presence.followers !== null) watches.addFollowers(watchId, presence.followers);
        const nextMs = nextLookMs(
          {
            accounts: watches.count(watch.profile_id),
            state: after.state,
            reason: after.reason,
            failures: after.failures,
            priority: watch.priority,
            heard: heardId !== null,
            starts: watches.starts(watchId),
            now,
          },
          deps.random(),
        );
        watches.update(watchId, {
          state: after.state,
          reason: after.reason,
          state_since: after.stateSince,
          ended_answers: after.endedAnswers,
          failures: after.failures,
          last_check_at: now,
          next_check_at: watch.paused === 1 ? null : now + nextMs,
          last_error: failureOf(presence),
          ...(presence.followers === null ? {} : { followers: presence.followers }),
          ...(presence.displayName === null ? {} : { display_name: presence.displayName }),
          ...(room === null ? {} : { room_id: room.id }),
        });
        const changed = after.state !== before.state || after.reason !== before.reason;
        if (changed)
          journal.append({
            kind: 'watch.state',
            subjectId: watchId,
            data: { state: after.state, reason: after.reason },
          });
        const liveId =
          onAir && isWanted(watch, room.id)
            ? hear(watch, { id: room.id, title: room.title, streamUrl: null }, model, 'engine')
            : null;
        const live = liveId ?? heardId;
        if (onAir && live !== null) lives.addFigure(live, { viewers: room.viewers, title: room.title });
        if (happened === 'started' || liveId !== null)
          journal.append({ kind: 'watch.live-started', subjectId: watchId, data: { liveId, policy: watch.policy } });
        // A live that was only told of has no capture that could tell its end.
        if (happened === 'ended' && heardId === null && watch.policy === 'notify')
          journal.append({ kind: 'watch.live-ended', subjectId: watchId, data: { liveId: null } });
        return nextMs;
      });
    },

    /** The live of a watch is over and written down: its summary is a fact. Called inside the transaction that settled it. */
    liveEnded(liveId: string) {
      const live = lives.row(liveId);
      if (!live || live.watch_id === null) return;
      const watch = watches.row(live.watch_id);
      if (watch?.live_id === liveId) watches.update(watch.id, { live_id: null, last_live_at: live.ended_at });
      journal.append({
        kind: 'watch.live-ended',
        subjectId: live.watch_id,
        data: {
          liveId,
          durationMs: Math.max(0, (live.ended_at ?? live.started_at) - live.started_at),
          capturedMs: live.captured_ms,
          words: lives.words(liveId),
          alerts: live.alert_count,
          gaps: live.gap_count,
        },
      });
    },
  };
}

/** Why a look taught nothing, for a sentence from the catalogue; null when it did. */
function failureOf({ state, reason, problem }: Presence): string | null {
  if (problem) return JSON.stringify({ code: problem.code, data: problem.data });
  return state === 'bloque'
    ? JSON.stringify({ code: 'platform-blocked', data: { platform: 'tiktok', reason, until: null } })
    : null;
}
