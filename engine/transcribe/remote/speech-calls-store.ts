import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../db/store.ts';

/** What was sent to whom, written before it is sent: a day's budget cannot be overdrawn by a crash, nor a sound be billed twice. */
export type SpeechCallsStore = ReturnType<typeof createSpeechCallsStore>;

export function createSpeechCallsStore(store: Store, clock: Clock) {
  const q = store.build;
  const spent = store.prepare<{ since: number }, { ms: number | null }>((slot) =>
    q
      .selectFrom('speech_calls')
      .select((e) => e.fn.sum<number>('sound_ms').as('ms'))
      .where('at', '>=', slot('since')),
  );
  return {
    /** Sound sent since an instant, ms. */
    spentMs: (since: number): number => spent.get({ since })?.ms ?? 0,
    /** Writes the call down before it is made. False when this very sound was asked before: its outcome may be unknown, and it was paid. */
    arm(call: { id: string; liveId: string; host: string; model: string; soundMs: number }): boolean {
      return store.transaction(() => {
        const known = store.get(q.selectFrom('speech_calls').select('id').where('id', '=', call.id));
        if (known) return false;
        store.run(
          q.insertInto('speech_calls').values({
            id: call.id,
            live_id: call.liveId,
            host: call.host,
            model: call.model,
            sound_ms: Math.max(1, Math.round(call.soundMs)),
            outcome: 'asked',
            took_ms: null,
            at: clock.now(),
          }),
        );
        return true;
      });
    },
    /** How the call ended: `done`, or the reason of its failure. */
    close(id: string, outcome: string, tookMs: number) {
      store.transaction(() => {
        store.run(q.updateTable('speech_calls').set({ outcome, took_ms: tookMs }).where('id', '=', id));
      });
    },
  };
}

/** One id for one sound of one live asked of one model of one server. */
export function speechCallId(call: { liveId: string; host: string; model: string; pcm: Int16Array }): string {
  const { pcm } = call;
  return createHash('sha256')
    .update(JSON.stringify([call.liveId, call.host, call.model]))
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest('hex');
}
