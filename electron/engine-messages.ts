import type { EngineOptions } from '#engine';

/** What main tells the engine process. Ports travel beside `port`. */
export type ToEngine = { type: 'open'; options: EngineStart } | { type: 'port' } | { type: 'close' };

/** The part of EngineOptions that can cross a process boundary. */
export type EngineStart = Pick<EngineOptions, 'dataDir' | 'resourcesDir' | 'binaries' | 'speech' | 'profile'>;

/** A failure of the closed list in shared/errors.ts, flattened for the way between processes. */
export type EngineFailure = { code: string; data: Record<string, unknown> };

/** Content-free: what a lock screen may show. */
export type AlertNotice = { alertId: string; scoreBp: number; urgent: boolean };

/** A followed account's live begins or is over; content-free too: not even whose it is. */
export type WatchNotice =
  | { happened: 'started'; watchId: string; liveId: string | null }
  | { happened: 'ended'; watchId: string; liveId: string | null; durationMs: number; alerts: number; gaps: number };

export type Locale = 'fr' | 'en';

/** What the engine process tells main. */
export type FromEngine =
  | { type: 'ready'; locale: Locale }
  /** It looked, and will not work here: trying again at once would end the same way. */
  | ({ type: 'refused' } & EngineFailure)
  | { type: 'alert'; alert: AlertNotice }
  | { type: 'watch'; notice: WatchNotice }
  | { type: 'locale'; locale: Locale };
