import { isVigieError, VigieError } from '#shared/errors.ts';
import type { CapacityFigures } from '#shared/model/lane.ts';
import type { Tentative, TentativeNews } from '#shared/model/tentative.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { CaptureService, OpenSound } from '../capture/capture-service.ts';
import type { LanesService } from '../lanes/lanes-service.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SpareHearing, SpareHearings } from '../transcribe/spare-hearing-service.ts';
import type { SpeechRequest } from '../transcribe/speech-engine.ts';
import { agree, wordsOf } from './agreement.ts';
import { createReaders } from './readers.ts';
import { isRipe, restMs, spareShare } from './worth-hearing.ts';

const lookEveryMs = 100;
/** Capacity moves slowly, and reading it walks hundreds of segments. */
const shareForMs = 10_000;
/** A worker that died over a tentative sound is not given another for this long: it is needed for the segments. */
const troubleMs = 60_000;

type Followed = {
  readers: ReturnType<typeof createReaders<TentativeNews>>;
  heard: { startMs: number; endMs: number; voicedMs: number; words: readonly string[] } | null;
  heardAt: number;
  shown: Tentative | null;
};

export type TentativeService = ReturnType<typeof createTentativeService>;

/**
 * Words while somebody still speaks: the sound since the last cut, heard again and again, for the lives that somebody reads now and as long as
 * a worker has nothing better to do. Nothing of it is stored; committed text never waits for it.
 */
export function createTentativeService(deps: {
  capture: Pick<CaptureService, 'openSound' | 'running'>;
  lanes: Pick<LanesService, 'isOnTime' | 'isIdle' | 'openInLane' | 'modelOf' | 'capacity'>;
  lives: Pick<LivesStore, 'row'>;
  clock: Clock;
  log: Log;
  isOn(): boolean;
  spare: SpareHearings;
  requestFor(liveId: string): Pick<SpeechRequest, 'liveId' | 'language' | 'prompt'>;
}) {
  const { capture, lanes, lives, clock, log } = deps;
  const followed = new Map<string, Followed>();
  const closing = new AbortController();
  let cancelLook: (() => void) | null = null;
  let hearing: Promise<void> | null = null;
  let restUntil = 0;
  let measured: { at: number; model: string; figures: CapacityFigures | null } | null = null;

  function shareFor(model: string): number {
    const now = clock.monotonicMs();
    if (measured === null || measured.model !== model || now - measured.at >= shareForMs)
      measured = { at: now, model, figures: lanes.capacity(model) };
    return spareShare(measured.figures, capture.running(), deps.spare.sideBySide(model));
  }

  const tell = (one: Followed, shown: Tentative | null) => {
    if (shown === null && one.shown === null) return;
    one.shown = shown;
    one.readers.tell({ tentative: shown });
  };

  function look(): void {
    cancelLook = null;
    if (followed.size === 0 || closing.signal.aborted) return;
    try {
      for (const [liveId, one] of followed) lookAfter(liveId, one);
      hearing ??= hearNext();
    } finally {
      cancelLook ??= clock.schedule(lookEveryMs, look);
    }
  }

  /** What is shown goes when its segment is there, or when the words of this live are no longer wanted or on time. */
  function lookAfter(liveId: string, one: Followed): void {
    const { shown } = one;
    if (shown === null) return;
    if (!deps.isOn() || !lanes.isOnTime(liveId, shown.endMs)) return tell(one, null);
    const open = capture.openSound(liveId);
    if (open?.startMs !== shown.startMs && lanes.openInLane(liveId) === 0) tell(one, null);
  }

  /** The live whose words are oldest, if any is worth it. */
  function hearNext(): Promise<void> | null {
    if (!deps.isOn() || clock.monotonicMs() < restUntil) return null;
    const next = [...followed]
      .toSorted(([, a], [, b]) => a.heardAt - b.heardAt)
      .flatMap(([liveId, one]) => {
        const open = capture.openSound(liveId);
        return open && isRipe({ open, heard: one.heard }) ? [{ liveId, one, open }] : [];
      })
      .find(({ liveId, open }) => lanes.isOnTime(liveId, open.endMs) && lanes.isIdle(liveId));
    if (!next) return null;
    const model = lanes.modelOf(next.liveId);
    const share = shareFor(model);
    const loan = share > 0 ? deps.spare.lend(model) : null;
    if (!loan) return null;
    return hear({ ...next, loan, share }).finally(() => {
      loan.leave();
      hearing = null;
    });
  }

  async function hear(next: { liveId: string; one: Followed; open: OpenSound; loan: SpareHearing; share: number }) {
    const { liveId, one, open, loan, share } = next;
    const since = clock.monotonicMs();
    try {
      const { text, processingMs } = await loan.hear({
        ...deps.requestFor(liveId),
        pcm: open.samples(),
        signal: closing.signal,
      });
      restUntil = clock.monotonicMs() + restMs(processingMs, share);
      receive(liveId, one, open, text);
    } catch (error) {
      restUntil = clock.monotonicMs() + restMs(clock.monotonicMs() - since, share);
      if (isVigieError(error, 'cancelled') || isVigieError(error, 'engine-stopped')) return;
      // The segment itself is heard all the same, and says what is wrong if it is wrong with that too.
      restUntil = clock.monotonicMs() + troubleMs;
      log.warn({ liveId, problem: String(error) }, 'tentative text rests after a failure');
    }
  }

  function receive(liveId: string, one: Followed, open: OpenSound, text: string): void {
    const before = one.heard?.startMs === open.startMs ? one.heard.words : null;
    const { words, stableCount } = agree(before, wordsOf(text));
    const { startMs, endMs, voicedMs } = open;
    Object.assign(one, { heard: { startMs, endMs, voicedMs, words }, heardAt: clock.monotonicMs() });
    // Cut meanwhile: its segment comes.
    if (capture.openSound(liveId)?.startMs !== startMs || !lanes.isOnTime(liveId, endMs)) return;
    const stable = words.slice(0, stableCount).join(' ');
    const unstable = words.slice(stableCount).join(' ');
    tell(one, words.length === 0 ? null : { liveId, startMs, endMs, stable, unstable });
  }

  return {
    /**
     * Tentative text of a live as it changes, the newest only; ends with the live, and when `signal` is aborted. Somebody who reads is what
     * makes it be heard at all.
     * @throws VigieError `not-found`
     */
    async *follow(liveId: string, signal?: AbortSignal): AsyncGenerator<TentativeNews, void, void> {
      const live = lives.row(liveId);
      if (!live) throw new VigieError('not-found', { what: 'live', id: liveId });
      if (live.state !== 'en_cours' || closing.signal.aborted) return;
      const one = followed.get(liveId) ?? { readers: createReaders(), heard: null, heardAt: 0, shown: null };
      followed.set(liveId, one);
      cancelLook ??= clock.schedule(0, look);
      try {
        yield* one.readers.read(one.shown && { tentative: one.shown }, signal);
      } finally {
        if (one.readers.count() === 0 && followed.get(liveId) === one) followed.delete(liveId);
      }
    },
    /** Nothing more comes of this live. */
    over(liveId: string): void {
      followed.get(liveId)?.readers.end();
      followed.delete(liveId);
    },
    async close(): Promise<void> {
      closing.abort(new VigieError('engine-stopped', { reason: 'closing' }));
      cancelLook?.();
      for (const { readers } of followed.values()) readers.end();
      followed.clear();
      await hearing;
    },
  };
}
