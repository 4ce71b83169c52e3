/** Where the words of a piece lie in time. Pure. */

export type Span = { startMs: number; endMs: number };

/** A gap this long between the stated start or end of a piece and the voice is a pause, not a soft consonant. */
const pauseMs = 250;

/** Whisper lets the first piece begin with the sound: a piece begins and ends where its voice does. Without voice it stays as it is. */
export function tightenPiece(piece: Span, speech: readonly Span[] | null): Span {
  const inside = overlaps(piece, speech ?? []);
  const first = inside[0];
  const last = inside.at(-1);
  if (!first || !last) return { startMs: piece.startMs, endMs: piece.endMs };
  return {
    startMs: first.startMs - piece.startMs >= pauseMs ? first.startMs : piece.startMs,
    endMs: piece.endMs - last.endMs >= pauseMs ? last.endMs : piece.endMs,
  };
}

/**
 * Shares the voiced time of a piece among its words by their length in characters, so that a pause belongs to no word. The figures
 * are estimates, good enough to follow a text with the eye; Whisper's own token times count a pause before a piece as its first
 * words. Without voice spans the whole piece is shared. Times rise and stay inside the piece.
 */
export function placeWords(words: readonly string[], piece: Span, speech: readonly Span[] | null): Span[] {
  const inside = overlaps(piece, speech ?? []);
  const spans = inside.length > 0 ? inside : [piece];
  const voicedMs = spans.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  // One more than its letters: even the shortest word takes time.
  const weights = words.map((word) => [...word].length + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return weights.map((weight) => {
    const startMs = atVoiced(spans, (voicedMs * before) / total, 'start');
    before += weight;
    return { startMs, endMs: atVoiced(spans, (voicedMs * before) / total, 'end') };
  });
}

/** Voice inside a piece, ms; null without voice detection. */
export function voiceWithin(piece: Span, speech: readonly Span[] | null): number | null {
  return speech && overlaps(piece, speech).reduce((sum, span) => sum + span.endMs - span.startMs, 0);
}

function overlaps(piece: Span, speech: readonly Span[]): Span[] {
  return speech
    .map(({ startMs, endMs }) => ({ startMs: Math.max(piece.startMs, startMs), endMs: Math.min(piece.endMs, endMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs)
    .sort((a, b) => a.startMs - b.startMs);
}

/** Moment at which `voicedMs` of voice have passed. On a seam an end belongs to the span before the pause, a start to the one after. */
function atVoiced(spans: readonly Span[], voicedMs: number, side: 'start' | 'end'): number {
  let left = voicedMs;
  for (const { startMs, endMs } of spans) {
    const length = endMs - startMs;
    if (side === 'end' ? left <= length + 1e-6 : left < length - 1e-6) return Math.round(startMs + left);
    left -= length;
  }
  return spans.at(-1)?.endMs ?? 0;
}
