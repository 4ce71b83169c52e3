import { create } from 'zustand';

/**
 * Why the engine cannot be reached: it does not answer · it answers but does not know this window · the desktop shell
 * handed over no port · the engine ended and another one is on its way · it will not start (`failure` says why).
 */
export type DownReason = 'unreachable' | 'session-refused' | 'no-port' | 'engine-ended' | 'engine-failed';

/** A failure of the closed list (shared/errors.ts) as the desktop's keeper tells it. */
export type EngineFailure = { code: string; data: Record<string, unknown> };

export type Connection =
  | { state: 'connecting'; sinceMs: number }
  | { state: 'up'; sinceMs: number }
  | { state: 'down'; sinceMs: number; reason: DownReason; attempts: number; failure: EngineFailure | null };

/** What the status bar and the broken screen tell. Written by the carriers alone. */
export const useConnection = create<Connection & { everUp: boolean }>(() => ({
  state: 'connecting',
  sinceMs: Date.now(),
  everUp: false,
}));

export function connectionUp(): void {
  useConnection.setState({ state: 'up', sinceMs: Date.now(), everUp: true });
}

export function connectionDown(reason: DownReason, attempts: number, failure: EngineFailure | null = null): void {
  useConnection.setState((before) => ({
    state: 'down',
    // A longer failure is one failure: its age counts from the first attempt.
    sinceMs: before.state === 'down' ? before.sinceMs : Date.now(),
    reason,
    attempts,
    failure,
  }));
}

/** Resolves when the engine answers; at once when it already does. Rejects only with `signal`. */
export function whenUp(signal: AbortSignal): Promise<void> {
  if (useConnection.getState().state === 'up') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = useConnection.subscribe((now) => {
      if (now.state !== 'up') return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', () => {
      stop();
      reject(signal.reason as Error);
    });
  });
}
