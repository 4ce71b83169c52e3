import { VigieError } from '#shared/errors.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { DropRow, SoundStore } from './sound-store.ts';
import { keptPart, lengthOf, type Stretch, whatMayGo } from './what-may-go.ts';

export type SoundService = ReturnType<typeof createSoundService>;

/** Of the spool: 16 kHz, 16 bits, one channel. */
export const bytesPerMs = 32;

/** What becomes of a live's sound: decided and told first, erased afterwards (`sound-eraser.ts`). */
export function createSoundService(deps: {
  store: Store;
  sound: SoundStore;
  journal: Journal;
  clock: { now(): number };
}) {
  const { store, sound, journal, clock } = deps;

  return {
    /**
     * Decides what of a live may go, given its files as they lie on disk. The decision and its fact are one transaction, read anew in it.
     * @returns whether anything is to be erased
     */
    decide(liveId: string, files: readonly Stretch[], afterMs: number): boolean {
      return store.transaction((): boolean => {
        const known = sound.caseOf(liveId);
        if (!known || !sound.isUntouched(liveId)) return false;
        const plan = whatMayGo({ ...known, files }, clock.now(), afterMs);
        if (plan.wait !== null || plan.drop.length === 0) return false;
        sound.decide(liveId, plan.drop, afterMs);
        const data = {
          liveId,
          stretches: plan.drop.length,
          droppedMs: lengthOf(plan.drop),
          keptMs: lengthOf(plan.keep),
          afterMs,
          reason: 'policy',
        };
        journal.append({ kind: 'sound.drop-decided', subjectId: liveId, data });
        return true;
      });
    },
    /** Whether a file that was decided to go may still go: asked right before, because an alert may have come, or a person's word. */
    mayStillGo(liveId: string, file: Stretch): boolean {
      const known = sound.caseOf(liveId);
      if (!known) return false;
      const plan = whatMayGo({ ...known, files: [file] }, known.endedAt ?? 0, 0);
      return plan.wait === null && plan.drop.length > 0;
    },
    erased(liveId: string, ids: readonly string[]) {
      store.transaction(() => {
        for (const id of ids) sound.done(id);
        const done = sound
          .dropsOf(liveId)
          .filter(({ id }) => ids.includes(id))
          .map((row) => ({ startMs: row.start_ms, endMs: row.end_ms }));
        const data = { liveId, stretches: done.length, droppedMs: lengthOf(done), bytes: lengthOf(done) * bytesPerMs };
        journal.append({ kind: 'sound.dropped', subjectId: liveId, data });
      });
    },
    /** From `fromMs` on, nothing of this decision is erased after all. */
    withdraw(row: DropRow, fromMs: number) {
      store.transaction(() => {
        sound.shorten(row.id, fromMs > row.start_ms ? fromMs : null);
        if (sound.isUntouched(row.live_id)) sound.setLive(row.live_id, { sound_dropped_at: null });
        const data = { liveId: row.live_id, startMs: Math.max(fromMs, row.start_ms), endMs: row.end_ms };
        journal.append({ kind: 'sound.kept', subjectId: row.live_id, data });
      });
    },
    /** A person's choice for one live. What is erased stays erased. @throws VigieError `not-found` */
    choose(liveId: string, keepAudio: boolean, actor: string) {
      const known = sound.caseOf(liveId);
      if (!known) throw new VigieError('not-found', { what: 'live', id: liveId });
      if (known.keepAudio === keepAudio) return;
      sound.setLive(liveId, { keep_audio: keepAudio ? 1 : 0 });
      journal.append({ kind: 'live.sound-choice', subjectId: liveId, data: { liveId, keepAudio }, actor });
    },
    drops: (liveId: string) =>
      sound
        .dropsOf(liveId)
        .map((row) => ({ startMs: row.start_ms, endMs: row.end_ms, at: row.done_at ?? row.decided_at })),
    /**
     * What can still be heard of a stretch, from its start.
     * @throws VigieError `sound-dropped` when nothing can
     */
    stillThere(liveId: string, wanted: Stretch): Stretch {
      const erased = sound.dropsOf(liveId);
      const kept = keptPart(
        wanted,
        erased.map((row) => ({ startMs: row.start_ms, endMs: row.end_ms })),
      );
      if (!kept) throw new VigieError('sound-dropped', { liveId, at: erased.at(-1)?.decided_at ?? clock.now() });
      return kept;
    },
  };
}
