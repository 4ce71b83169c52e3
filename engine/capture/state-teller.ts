import type { CaptureState, GapCause } from '#shared/model/live.ts';
import type { CaptureEvents } from './options.ts';
import type { DiskState } from './recorder.ts';

/** What a capture is doing, told once per change. */
export type StateTeller = {
  /** `cause`: why nothing is heard any more; null when it is, or when that is not a matter of causes. */
  tell(state: CaptureState, cause: GapCause | null): void;
  /** The disk takes no sound; whatever else happens, that is what a person must know. null: it does again. */
  disk(state: DiskState): void;
};

export function createStateTeller(onState: CaptureEvents['onState'], reachedMs: () => number): StateTeller {
  let told: string = '';
  let beneath: { state: CaptureState; cause: GapCause | null } = { state: 'starting', cause: null };
  let disk: DiskState = null;

  const say = () => {
    const shown = disk !== null && beneath.state !== 'ended' ? { state: disk, cause: 'disk' as const } : beneath;
    const text = `${shown.state} ${shown.cause}`;
    if (text === told) return;
    told = text;
    onState(shown.state, { sinceMs: reachedMs(), cause: shown.cause });
  };
  return {
    tell(state, cause) {
      beneath = { state, cause };
      say();
    },
    disk(state) {
      disk = state;
      say();
    },
  };
}
