/**
 * Whisper sometimes jumps over a sentence: its text goes on after it as if nothing had been said, with the best of figures. Voice that
 * no piece covers gives that away, and hearing that stretch alone brings the sentence back. Pure; the engine does the hearing.
 */
import type { WorkerResult } from './protocol/messages.ts';
import type { Span } from './word-times.ts';

/** Shorter voice may be a cough or the edge of a piece. */
const leastMissedMs = 600;
/** Missed spans closer than this are one sentence with a breath in it. */
const breathMs = 800;
const marginMs = 250;
const mostHearings = 2;

/** Stretches worth hearing alone, longest first, at most two; none without voice detection. They carry a margin of sound on each side. */
export function missedVoice({ speech, pieces }: Pick<WorkerResult, 'speech' | 'pieces'>, soundMs: number): Span[] {
  const covering = pieces.filter((piece) => piece.text.trim() !== '');
  const missed: Span[] = [];
  for (const voice of speech ?? []) {
    for (const span of subtract(voice, covering)) {
      const last = missed.at(-1);
      const covered = covering.some((piece) => last && piece.startMs < span.startMs && piece.endMs > last.endMs);
      if (last && !covered && span.startMs - last.endMs < breathMs) last.endMs = span.endMs;
      else missed.push(span);
    }
  }
  return missed
    .filter((span) => span.endMs - span.startMs >= leastMissedMs)
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(0, startMs - marginMs),
      endMs: Math.min(soundMs, endMs + marginMs),
    }))
    .filter((span) => span.endMs - span.startMs < 0.8 * soundMs)
    .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs))
    .slice(0, mostHearings);
}

/** The first hearing with what the second found in `span`. Nothing of the first is changed or removed. */
export function joinHearings(first: WorkerResult, second: WorkerResult, span: Span): WorkerResult {
  const found = second.pieces.map((piece) => ({
    ...piece,
    startMs: Math.min(span.endMs, piece.startMs + span.startMs),
    endMs: Math.min(span.endMs, piece.endMs + span.startMs),
  }));
  return {
    ...first,
    pieces: [...first.pieces, ...found].sort((a, b) => a.startMs - b.startMs),
    meanLogProb: first.meanLogProb ?? second.meanLogProb,
    ...costOf(first, second),
  };
}

/** One of two hearings of the same sound, with the cost of both. */
export function addedCost(chosen: WorkerResult, first: WorkerResult, second: WorkerResult): WorkerResult {
  return { ...chosen, id: first.id, ...costOf(first, second) };
}

function costOf(first: WorkerResult, second: WorkerResult) {
  return {
    processingMs: first.processingMs + second.processingMs,
    secondPass: true,
    encodedMs: first.encodedMs + second.encodedMs,
    memoryBytes: second.memoryBytes,
  };
}

/** What of a span lies in none of the others. */
function subtract(span: Span, others: readonly Span[]): Span[] {
  let left = [{ startMs: span.startMs, endMs: span.endMs }];
  for (const other of others) {
    left = left.flatMap(({ startMs, endMs }) => {
      if (other.endMs <= startMs || other.startMs >= endMs) return [{ startMs, endMs }];
      const parts = [
        { startMs, endMs: other.startMs },
        { startMs: other.endMs, endMs },
      ];
      return parts.filter((part) => part.endMs > part.startMs);
    });
  }
  return left;
}
