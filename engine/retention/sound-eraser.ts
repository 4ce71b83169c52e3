/** Erases sound that nobody needs any more, in the background. The one place in the engine where evidence could be lost. */
import { unlink } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { listSpool, type SpoolFile } from '../capture/spool-read.ts';
import type { SoundService } from './sound-service.ts';
import type { DropRow, SoundStore } from './sound-store.ts';

const everyMs = 10 * 60_000;
/**
 * The engine must have run for this long without a jump of its wall clock before the age of anything is believed: a laptop that wakes up in the
 * wrong year must not take all its evidence for old.
 */
const trustMs = 10 * 60_000;
const driftMs = 60_000;
const mostAtOnce = 50;

export type SoundEraser = ReturnType<typeof createSoundEraser>;

export function createSoundEraser(deps: {
  sound: SoundStore;
  service: Pick<SoundService, 'decide' | 'mayStillGo' | 'erased' | 'withdraw'>;
  clock: Clock;
  log: Log;
  spoolDir(liveId: string): string;
  /** How long a live keeps all of its sound after its end, ms. */
  afterMs(): number;
}) {
  const { sound, service, clock, log } = deps;
  let trusted = { wallMs: 0, monotonicMs: 0 };
  const trustAnew = () => {
    trusted = { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
  };
  /** Lives of which everything is needed: looked at again at the next start. */
  const nothingToErase = new Set<string>();
  let closed = false;
  let cancelTimer = () => {};
  let working: Promise<void> | null = null;

  function isClockTrusted(): boolean {
    const ranMs = clock.monotonicMs() - trusted.monotonicMs;
    if (Math.abs(clock.now() - trusted.wallMs - ranMs) > driftMs) {
      trustAnew();
      return false;
    }
    return ranMs >= trustMs;
  }

  async function look(): Promise<void> {
    for (const liveId of sound.unfinished()) await carryOut(liveId);
    if (!isClockTrusted()) return;
    const afterMs = deps.afterMs();
    const due = sound.candidates(clock.now() - afterMs, mostAtOnce + nothingToErase.size);
    for (const liveId of due) {
      if (closed) return;
      if (nothingToErase.has(liveId)) continue;
      const files = await listSpool(deps.spoolDir(liveId));
      if (service.decide(liveId, files, afterMs)) await carryOut(liveId);
      else nothingToErase.add(liveId);
    }
  }

  /** Erases what was decided of a live, file by file, each asked about once more. Stops and stays unfinished when the system refuses. */
  async function carryOut(liveId: string): Promise<void> {
    const rows = sound.dropsOf(liveId).filter(({ state }) => state === 'decided');
    const files = await listSpool(deps.spoolDir(liveId));
    const done: string[] = [];
    for (const row of rows) {
      const within = files.filter((file) => row.start_ms <= file.startMs && file.endMs <= row.end_ms);
      const stopped = await erase(row, within);
      if (stopped === 'refused') break;
      // What was withdrawn from its very start is no drop any more.
      if (stopped === null || stopped > row.start_ms) done.push(row.id);
    }
    if (done.length > 0) service.erased(liveId, done);
  }

  /** Null: all of it is gone. A number: from there on it stays after all. */
  async function erase(row: DropRow, files: readonly SpoolFile[]): Promise<number | 'refused' | null> {
    for (const file of files) {
      if (closed) return 'refused';
      if (!service.mayStillGo(row.live_id, file)) {
        service.withdraw(row, file.startMs);
        return file.startMs;
      }
      try {
        await unlink(file.path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        log.warn({ liveId: row.live_id, problem: String(error) }, 'sound could not be erased; it is tried again');
        return 'refused';
      }
    }
    return null;
  }

  const plan = (afterMs: number) => {
    cancelTimer();
    if (!closed) cancelTimer = clock.schedule(afterMs, work);
  };
  const work = () => {
    if (working || closed) return;
    working = look()
      .catch((error: unknown) => log.error({ problem: String(error) }, 'sound could not be looked through'))
      .finally(() => {
        working = null;
        plan(everyMs);
      });
  };

  return {
    start() {
      trustAnew();
      work();
    },
    async close() {
      closed = true;
      cancelTimer();
      await working;
    },
  };
}
