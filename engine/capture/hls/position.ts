import type { MediaPlaylist, PlaylistSegment } from './types.ts';

const fromTheEnd = 3;
/** A source that gave nothing new for this much longer than what it then gives has paused. */
const shortestPauseMs = 10_000;

/** The sequence number a live begins at: three segments from the end (RFC 8216 6.3.3). */
export function whereToStart(media: MediaPlaylist): number {
  return media.mediaSequence + Math.max(0, media.segments.length - fromTheEnd);
}

/**
 * What a reloaded playlist offers from `next` on, and how much sound lies between what was played and that: segments that left the list
 * before they were fetched count by the target duration, a pause of the source by the clock (`sinceGrewMs`). null: the numbering
 * started anew, only the clock can tell.
 */
export function whatIsNew(
  media: MediaPlaylist,
  next: number,
  sinceGrewMs: number,
): { segments: PlaylistSegment[]; missedMs: number | null } {
  const end = media.mediaSequence + media.segments.length;
  // A list that lags by a few segments behind another server's is not a new numbering.
  if (end < next - fromTheEnd) {
    const start = whereToStart(media);
    return { segments: media.segments.filter((segment) => segment.sequence >= start), missedMs: null };
  }
  const segments = media.segments.filter((segment) => segment.sequence >= next);
  const missed = Math.max(0, media.mediaSequence - next);
  const typicalMs = media.segments.length
    ? media.segments.reduce((sum, segment) => sum + segment.durationMs, 0) / media.segments.length
    : media.targetDurationMs;
  const missedMs = Math.round(missed * typicalMs);
  const givenMs = segments.reduce((sum, segment) => sum + segment.durationMs, missedMs);
  const pausedMs = Math.round(sinceGrewMs - givenMs);
  const paused = segments.length > 0 && pausedMs > Math.max(shortestPauseMs, 2 * media.targetDurationMs);
  return { segments, missedMs: missedMs + (paused ? pausedMs : 0) };
}
