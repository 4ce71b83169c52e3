import type { Segment } from '#shared/model/segment.ts';
import { dropUnsafe } from './clean-text.ts';

/** One subtitle: times in ms of the live's timeline, and its text on one or two lines. */
export type Cue = { startMs: number; endMs: number; lines: string[] };

const lineChars = 42;
const cueChars = 2 * lineChars;
const cueMs = 7000;
/** Fewer characters than this are an orphan on the screen. */
const scantChars = 20;

type TimedPiece = { text: string; startMs: number; endMs: number };

/**
 * The written segments, as people corrected them, as subtitles a person can read: at most two lines of 42 characters and 7 s each, cut between
 * words (Netflix timed-text and EBU guidance). A segment without word times, or whose text was edited away from its
 * words, stays one cue.
 */
export function cuesOf(segments: readonly Segment[]): Cue[] {
  return segments
    .map((segment) => (segment.edited ? { ...segment, state: 'written' as const, text: segment.edited.text } : segment))
    .filter((segment) => segment.state === 'written' && segment.text.trim() !== '')
    .toSorted((a, b) => a.startMs - b.startMs || a.number - b.number)
    .flatMap(cuesOfSegment);
}

function cuesOfSegment(segment: Segment): Cue[] {
  const pieces = timedPieces(segment);
  if (!pieces) return [cue(segment.startMs, segment.endMs, segment.text)];
  const groups = grouped(pieces);
  return groups.map((group, index) => {
    const startMs = group[0]!.startMs;
    const saidMs = Math.max(startMs + 1, group.at(-1)!.endMs);
    const next = groups[index + 1]?.[0]?.startMs ?? Math.max(segment.endMs, saidMs);
    // A second to read it, without running into what is said next.
    const endMs = Math.max(saidMs, Math.min(startMs + 1000, next));
    return cue(startMs, Math.min(endMs, startMs + cueMs), joined(group));
  });
}

const joined = (pieces: readonly TimedPiece[]) =>
  pieces
    .map((piece) => piece.text)
    .join('')
    .trim();

/**
 * The cheapest way to cut the pieces into cues that fit: few cues, cut where the speaker pauses or a clause ends, no
 * orphan word on the screen for half a second.
 */
function grouped(pieces: readonly TimedPiece[]): TimedPiece[][] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= pieces.length; end += 1) {
    for (let from = end - 1; from >= 0; from -= 1) {
      const group = pieces.slice(from, end);
      if (group.length > 1 && !fits(group)) break;
      const cost = best[from]!.cost + cueCost(group, pieces[end]);
      if (!best[end] || cost < best[end]!.cost) best[end] = { cost, from };
    }
  }
  const groups: TimedPiece[][] = [];
  for (let end = pieces.length; end > 0; end = best[end]!.from) groups.unshift(pieces.slice(best[end]!.from, end));
  return groups;
}

function fits(group: readonly TimedPiece[]): boolean {
  if (group.at(-1)!.endMs - group[0]!.startMs > cueMs) return false;
  const text = joined(group);
  return text.length <= cueChars && wrap(text).every((line) => line.length <= lineChars);
}

function cueCost(group: readonly TimedPiece[], next: TimedPiece | undefined): number {
  const text = joined(group);
  const shownMs = (next?.startMs ?? group.at(-1)!.endMs) - group[0]!.startMs;
  const hasty = shownMs < 1000 ? 60 : 0;
  const scant = text.length < scantChars ? 40 : 0;
  if (!next) return 100 + hasty + scant;
  const pause = next.startMs - group.at(-1)!.endMs >= 300;
  const cut = /[.!?…؟。]["»”)\]]*$/.test(text) ? -80 : /[,;:،—]$/.test(text) || pause ? 0 : 50;
  return 100 + hasty + scant + cut;
}

/** The segment's text cut at its words, each with its times; null when the words are not those of the text. */
function timedPieces(segment: Segment): TimedPiece[] | null {
  if (segment.words.length === 0) return null;
  const pieces: TimedPiece[] = [];
  let from = 0;
  let lastStartMs = segment.startMs;
  for (const word of segment.words) {
    const text = word.text.trim();
    if (text === '') continue;
    const at = segment.text.indexOf(text, from);
    if (at < 0 || spoken.test(segment.text.slice(from, at))) return null;
    const startMs = Math.max(lastStartMs, word.startMs);
    const endMs = Math.max(startMs, word.endMs);
    const slice = segment.text.slice(from, at + text.length);
    from = at + text.length;
    lastStartMs = startMs;
    const open = pieces.at(-1);
    // Closing marks stay with the word before them, a word with the opening mark before it.
    if (
      open &&
      (/^[\s]*[»”"’)\]?!;:.,…]+$/u.test(slice) || !/\s/.test(slice[0] ?? '') || /[«“([]\s?$/u.test(open.text))
    ) {
      open.text += slice;
      open.endMs = endMs;
    } else pieces.push({ text: slice, startMs, endMs });
  }
  const last = pieces.at(-1);
  const rest = segment.text.slice(from);
  if (!last || spoken.test(rest)) return null;
  last.text += rest;
  return pieces;
}

const spoken = /[\p{L}\p{N}]/u;

function cue(startMs: number, endMs: number, text: string): Cue {
  return { startMs, endMs: Math.max(endMs, startMs + 1), lines: wrap(dropUnsafe(text).replace(/ +/g, ' ').trim()) };
}

/** Balanced lines: two when they fit, more only for a cue that could not be cut. */
function wrap(text: string): string[] {
  if (text.length <= lineChars) return [text];
  const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
  const halves = spaces.filter((at) => at <= lineChars && text.length - at - 1 <= lineChars);
  const middle = text.length / 2;
  const cut =
    halves.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ??
    spaces.findLast((at) => at <= lineChars) ??
    spaces[0];
  return cut === undefined ? [text] : [text.slice(0, cut), ...wrap(text.slice(cut + 1))];
}
