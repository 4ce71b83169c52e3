/**
 * Decides which pieces were said and which the recogniser made up. Pure. No figure decides alone: Whisper is sure of its loops,
 * unsure of shouting, and voice detection misses some short words; what is filtered is kept apart and shown, never scored.
 */
import type { FilterReason } from '#shared/model/segment.ts';

import { creditOf, isBlank, plainText } from './credits.ts';
import { findLoop, type Loop } from './repetition.ts';
import type { SpokenPiece, Transcript } from './transcript.ts';

export type FilteredPiece = SpokenPiece & { reason: FilterReason };

/** Letters and spaces per second that nobody exceeds for long (fast French is about 18). */
const fastestCharsPerSecond = 25;
/** A slogan shouted this often in 15 s is a chant; only more than that can be a loop. */
const mostChanted = 5;
/** Fewer turns than a loop has, but more words than a breath: three times a sentence that there was no time for. */
const leastLooped = 3;
const leastLoopedWords = 9;
/** OpenAI's thresholds (whisper/transcribe.py). */
const noSpeechBp = 6000;
const poorLogProb = -1;
const repetitiveRatio = 2.4;

export function cleanTranscript(
  transcript: Transcript,
  soundMs: number,
): { kept: SpokenPiece[]; filtered: FilteredPiece[] } {
  const kept: SpokenPiece[] = [];
  const filtered: FilteredPiece[] = [];
  for (const piece of transcript.pieces) {
    const reason = reasonAgainst(piece, transcript);
    if (reason) filtered.push({ ...piece, reason });
    else kept.push(piece);
  }
  return cutLoop(kept, filtered, transcript, soundMs);
}

function reasonAgainst(piece: SpokenPiece, transcript: Transcript): Exclude<FilterReason, 'repetition-loop'> | null {
  if (isBlank(piece.text)) return 'blank';
  // Without spans of its own a piece is only known to be voiceless when everything is.
  const voiceMs = piece.speechMs ?? (transcript.speechMs === 0 ? 0 : null);
  const needMs = neededMs(piece.text);
  const noVoice = voiceMs !== null && voiceMs < Math.min(150, needMs / 5);
  const { meanLogProb } = piece;
  const unknown = meanLogProb === null && piece.noSpeechBp === null;
  const unsure = (meanLogProb ?? 0) < -0.5 || (piece.noSpeechBp ?? 0) >= 3000;

  const credit = creditOf(piece.text);
  if (credit === 'signature') return 'credits';
  if (credit === 'credit' && (unknown || unsure || !fillsItsVoice(voiceMs, needMs))) return 'credits';
  if (credit === 'farewell' && (noVoice || !couldBeFarewell(piece, voiceMs, needMs, unsure))) return 'credits';

  if (noVoice && (unknown || unsure)) return 'silence';
  const saysSilence = (piece.noSpeechBp ?? 0) >= noSpeechBp && (meanLogProb ?? 0) < poorLogProb;
  return saysSilence && (voiceMs === null || voiceMs < needMs) ? 'silence' : null;
}

/** About as much voice as a mouth needs for the line: over music that is sung there is far more, over silence far less. */
const fillsItsVoice = (voiceMs: number | null, needMs: number): boolean =>
  voiceMs !== null && voiceMs >= 0.4 * needMs && voiceMs <= 2 * needMs + 800;

/**
 * Said, a farewell fills its voice: less is silence, much more is singing that it was written over. A crowd's thanks make both figures poor,
 * so that alone says nothing.
 */
function couldBeFarewell(
  { noSpeechBp: silent }: SpokenPiece,
  voiceMs: number | null,
  needMs: number,
  unsure: boolean,
): boolean {
  if ((silent ?? 0) >= noSpeechBp) return false;
  return (
    voiceMs === null ||
    (voiceMs >= (unsure ? Math.max(150, 0.4 * needMs) : 0.4 * needMs) && voiceMs <= 5 * needMs + 1500)
  );
}

type Chunk = { text: string; plain: string; piece: number; rawFrom: number; rawTo: number };

/** The first turn of a loop was probably said and stays; the others are filtered. */
function cutLoop(pieces: SpokenPiece[], filtered: FilteredPiece[], transcript: Transcript, soundMs: number) {
  const chunks = pieces.flatMap((piece, index) => chunksOf(piece.text, index));
  const loop = findLoop(
    chunks.map((chunk) => chunk.plain),
    leastLooped,
  );
  if (!loop || !isInvented(loop, transcript, neededMs(chunks.map((chunk) => chunk.text).join(' ')), soundMs)) {
    return { kept: pieces, filtered };
  }

  const kept: SpokenPiece[] = [];
  const cut: FilteredPiece[] = [];
  pieces.forEach((piece, index) => {
    const own = chunks.flatMap((chunk, at) =>
      chunk.piece === index ? [{ ...chunk, looped: at >= loop.from + loop.period && at < loop.to }] : [],
    );
    const looped = own.filter((chunk) => chunk.looped);
    if (looped.length === 0) return kept.push(piece);
    if (looped.length === own.length) return cut.push({ ...piece, reason: 'repetition-loop' });
    const said = own.filter((chunk) => !chunk.looped);
    kept.push(partOf(piece, said));
    return cut.push({ ...partOf(piece, looped), reason: 'repetition-loop' });
  });
  return { kept, filtered: [...filtered, ...cut] };
}

/**
 * A crowd is loud and unclear, so voice detection hears a part of it and the recogniser is unsure: the clock has the last word. Poor figures
 * alone speak against a repeated phrase, not against one word over and over, which is what crowds do.
 */
function isInvented(
  loop: Loop,
  { speechMs, meanLogProb, noSpeechBp: silent, compressionRatio }: Transcript,
  needMs: number,
  soundMs: number,
) {
  const unsure = (meanLogProb ?? 0) < -0.5 || (silent ?? 0) >= 3000;
  const tooFast = needMs > 1.2 * (speechMs ?? soundMs);
  if (loop.times <= mostChanted) return loop.to - loop.from >= leastLoopedWords && tooFast && unsure;
  const impossible = needMs > 1.2 * soundMs || (speechMs !== null && needMs > 2 * speechMs);
  return (
    impossible ||
    (unsure && needMs > 1.5 * (speechMs ?? soundMs)) ||
    (loop.period > 1 && compressionRatio > repetitiveRatio && (meanLogProb ?? 0) < -0.8)
  );
}

function partOf(piece: SpokenPiece, chunks: Chunk[]): SpokenPiece {
  const raw = piece.text.split(/\s+/);
  // Native words are the text cut at spaces; where they are not (no words, or a script without spaces) the part has none.
  const words =
    piece.words.length === raw.length ? chunks.flatMap(({ rawFrom, rawTo }) => piece.words.slice(rawFrom, rawTo)) : [];
  return {
    ...piece,
    text: chunks.map((chunk) => chunk.text).join(' '),
    words,
    startMs: words[0]?.startMs ?? piece.startMs,
    endMs: words.at(-1)?.endMs ?? piece.endMs,
  };
}

/** Words of a text with the punctuation that stands alone in French ("dehors !") counted to the word before. */
function chunksOf(text: string, piece: number): Chunk[] {
  const chunks: Chunk[] = [];
  text.split(/\s+/).forEach((part, index) => {
    const plain = plainText(part);
    const last = chunks.at(-1);
    if (plain !== '' || !last) return chunks.push({ text: part, plain, piece, rawFrom: index, rawTo: index + 1 });
    last.text += ` ${part}`;
    last.rawTo = index + 1;
    return undefined;
  });
  return chunks;
}

/** The least time a mouth needs for a text, ms. */
function neededMs(text: string): number {
  return (plainText(text).length / fastestCharsPerSecond) * 1000;
}
