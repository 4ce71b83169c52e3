import type { DiskRoom } from '#shared/model/system.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Room } from './options.ts';
import { roomAfter } from './room.ts';

/** Two captures write a quarter of a megabyte meanwhile; the reserve is far larger. */
const lookEveryMs = 2_000;

export type RoomWatch = Room & {
  /** As it was looked at last. */
  now(): DiskRoom;
  close(): void;
};

/**
 * Watches the room on the disk of the data folder: keeps a reserve from sound, and makes it a fact when less than an hour is left for the
 * captures that run, when nothing is left, and when there is enough again. `freeBytes` rejects where the file system does not say.
 */
export function watchRoom(deps: {
  freeBytes(): Promise<number>;
  captures(): number;
  store: Store;
  journal: Journal;
  clock: Clock;
  log: Log;
}): RoomWatch {
  const { clock, journal, log, store } = deps;
  let room: DiskRoom = { state: 'ok', minutesLeft: null };
  let told: DiskRoom['state'] = 'ok';
  let cancel = () => {};
  let closed = false;

  const tell = () => {
    if (told === room.state || store.readOnly) return;
    const data = { state: room.state, minutesLeft: room.minutesLeft, captures: deps.captures() };
    log.warn(data, 'room on the disk');
    try {
      store.transaction(() =>
        journal.append({ kind: room.state === 'ok' ? 'disk.ok' : 'disk.low', subjectId: 'disk', data }),
      );
      told = room.state;
    } catch (error) {
      // A disk without room for this line gets it at the next look.
      log.error({ problem: String(error) }, 'the state of the disk could not be stored');
    }
  };
  const look = async () => {
    const freeBytes = await deps.freeBytes().catch(() => null);
    if (closed) return;
    room = roomAfter(room.state, freeBytes, deps.captures());
    tell();
    cancel = clock.schedule(lookEveryMs, () => void look());
  };
  void look();
  return {
    hasRoom: () => room.state !== 'full',
    ranOut() {
      // A quota or another volume may refuse what the figures allow: the writer goes on asking the disk itself.
      log.warn({}, 'a write found no room');
    },
    now: () => room,
    close() {
      closed = true;
      cancel();
    },
  };
}
