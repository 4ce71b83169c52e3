import type { VigieError } from '#shared/errors.ts';
import type { CaptureState, GapCause } from '#shared/model/live.ts';
import type { Source } from '#shared/model/source.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Net } from '../net/net.ts';
import type { Spawn } from '../process/spawn.ts';
import type { OpenSound } from './open-sound.ts';
import type { AccountHands } from './source/account-source.ts';
import type { OutsideHands } from './source/outside.ts';

/** What a capture tells, in order, synchronously. Times are ms of the live's timeline. */
export type CaptureEvents = {
  /** The source gives sound. `stretchStartMs`: where on the timeline this capture goes on. Called once per capture. */
  onOpened(info: { kind: 'on-demand' | 'live'; durationMs: number | null; stretchStartMs: number }): void;
  /** A segment whose sound is on disk and synced. */
  onSegment(segment: { startMs: number; endMs: number; peakBp: number; speechLikely: boolean }): void;
  onGap(gap: { startMs: number; endMs: number; cause: GapCause }): void;
  /** `sinceMs`: end of the last good sound. `cause`: why nothing is heard since; null while all is well, and at the start and the end. */
  onState(state: CaptureState, why: { sinceMs: number; cause: GapCause | null }): void;
  /** At most twice a second. `levelBp`: loudest sample since the last call, basis points of full scale. */
  onProgress(progress: { capturedMs: number; levelBp: number; sourceMs: number | null }): void;
};

/** The room left on the disk, as the engine keeps it. */
export type Room = {
  /** False: what is left is kept for decisions. */
  hasRoom(): boolean;
  /** A write found no room. */
  ranOut(): void;
};

export type CaptureEnd =
  /** `damaged`: parts of the source could not be read. */
  | { outcome: 'ended'; damaged: boolean }
  | { outcome: 'stopped' }
  | { outcome: 'paused' }
  | { outcome: 'failed'; error: VigieError };

export type CaptureLimits = {
  /** No sound for this long is a stall (or 1.5 times the HLS target duration when that is longer). */
  stallMs: number;
  /** Delay before the first reconnection; then `backoffFactor` times longer each time up to `backoffMaxMs` (as OBS Studio does). */
  backoffMs: number;
  backoffFactor: number;
  backoffMaxMs: number;
  /** Attempts at a source that never gave a byte, and at one that ended cleanly and may come back. */
  openAttempts: number;
  /** How long a live is held back while the disk refuses its sound; then it is let go, a gap. What has an end is held for ever. */
  diskHoldMs: number;
  /** Longest wait between two attempts while the failures are this machine's own: nobody else is bothered by them. */
  linkRetryMs: number;
  /** Longest that a server's wish to be left alone (Retry-After) is followed. */
  retryAfterMaxMs: number;
  /** How long a source may take to answer or to send its next bytes. */
  networkMs: number;
};

export const defaultLimits: CaptureLimits = {
  stallMs: 10_000,
  backoffMs: 2_000,
  backoffFactor: 1.5,
  backoffMaxMs: 30_000,
  openAttempts: 4,
  diskHoldMs: 10_000,
  linkRetryMs: 4_000,
  retryAfterMaxMs: 60 * 60_000,
  networkMs: 10_000,
};

export type CaptureOptions = {
  source: Source;
  stdin?: AsyncIterable<Uint8Array>;
  /** For the live of an account on a platform. */
  account?: AccountHands;
  /** Folder of this live's sound alone; created when missing. */
  spoolDir: string;
  /** Absolute path of ffmpeg. */
  ffmpeg: string;
  /** Wall time (epoch ms) of position 0 of the timeline. */
  startedAt: number;
  /**
   * After a crash or a pause. `segmentedMs`: end of the last segment or gap that was recorded; sound on disk beyond it is segmented
   * first. Then on-demand sources go on at the exact sample where the spool ends, and lives declare a gap up to now.
   */
  resume: { segmentedMs: number; onDemand: boolean } | null;
  /** null: as fast as possible. `realtimeForMs`: play at 1x up to this position (null: to the end). On-demand sources only. */
  pace: { realtimeForMs: number | null } | null;
  net: Net;
  clock: Clock;
  log: Log;
  spawn: Spawn;
  /** For sources that are more than a file or an http(s) address. */
  outside: OutsideHands;
  events: CaptureEvents;
  /** Longest segment, 5 to 30 s; absent: 15 s. */
  maxSegmentMs?: number;
  /** Absent: the disk itself says when it is full. */
  room?: Room;
  limits?: Partial<CaptureLimits>;
  /** 0 <= x < 1, for the jitter of reconnections. */
  random?: () => number;
};

export type Capture = {
  done: Promise<CaptureEnd>;
  /** What has been heard since the last cut; null when nothing has. */
  open(): OpenSound | null;
  /** Ends the capture for good: the tail becomes the last segment. Resolves when `done` has. */
  stop(): Promise<void>;
  /** The engine closes: the tail stays in the spool, synced, for a later resume. Resolves when `done` has. */
  pause(): Promise<void>;
};
