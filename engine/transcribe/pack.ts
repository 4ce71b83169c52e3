import { compressionRatio, type SpokenPiece, type SpokenWord, type Transcript } from './transcript.ts';

/**
 * How many of the pieces that wait of one live, in the order they were said, go to the recogniser as one sound: as many as fit, one at
 * least. Whisper pays for a whole window of 30 s whatever it holds, so a backlog is written down in full windows.
 */
export function packSize(pieces: readonly { startMs: number; endMs: number }[], maxMs: number): number {
  let totalMs = 0;
  const tooMuch = pieces.findIndex(({ startMs, endMs }, index) => {
    totalMs += endMs - startMs;
    return index > 0 && totalMs > maxMs;
  });
  return tooMuch === -1 ? pieces.length : tooMuch;
}

/** Several sounds as one. */
export function joinSound(sounds: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const pcm of sounds) {
    joined.set(pcm, at);
    at += pcm.length;
  }
  return joined;
}

/**
 * Gives each part of a joined sound its share of the transcript. Parts begin and end in pauses, so a word belongs where its middle
 * lies. Times become those of the part.
 * @param lengthsMs length of each part, in the order they were joined
 */
export function splitTranscript(transcript: Transcript, lengthsMs: readonly number[]): Transcript[] {
  const ends = lengthsMs.reduce<number[]>((sums, length) => [...sums, (sums.at(-1) ?? 0) + length], []);
  const partAt = (ms: number) => {
    const found = ends.findIndex((end) => ms < end);
    return found === -1 ? ends.length - 1 : found;
  };
  const pieces = lengthsMs.map((): SpokenPiece[] => []);
  for (const piece of transcript.pieces) {
    for (const { part, share } of sharesOf(piece, partAt))
      pieces[part]?.push(shifted(share, (ends[part] ?? 0) - (lengthsMs[part] ?? 0), lengthsMs[part] ?? 0));
  }
  const totalMs = ends.at(-1) ?? 1;
  return lengthsMs.map((length, part) => partTranscript(transcript, pieces[part] ?? [], length / totalMs));
}

function sharesOf(piece: SpokenPiece, partAt: (ms: number) => number): { part: number; share: SpokenPiece }[] {
  const middle = ({ startMs, endMs }: { startMs: number; endMs: number }) => (startMs + endMs) / 2;
  const parts = piece.words.map((word) => partAt(middle(word)));
  if (new Set(parts).size <= 1) return [{ part: parts[0] ?? partAt(middle(piece)), share: piece }];
  return [...new Set(parts)].map((part) => {
    const words = piece.words.filter((_word, index) => parts[index] === part);
    return {
      part,
      share: {
        ...piece,
        text: words.map(({ text }) => text.trim()).join(' '),
        words,
        startMs: words[0]?.startMs ?? piece.startMs,
        endMs: words.at(-1)?.endMs ?? piece.endMs,
        // Words are placed in voice only, so their lengths add up to it.
        speechMs: piece.speechMs === null ? null : words.reduce((sum, word) => sum + word.endMs - word.startMs, 0),
      },
    };
  });
}

function shifted(piece: SpokenPiece, byMs: number, lengthMs_: number): SpokenPiece {
  const move = <T extends { startMs: number; endMs: number }>(span: T): T => ({
    ...span,
    startMs: Math.min(lengthMs_, Math.max(0, span.startMs - byMs)),
    endMs: Math.min(lengthMs_, Math.max(0, span.endMs - byMs)),
  });
  return { ...move(piece), words: piece.words.map((word): SpokenWord => move(word)) };
}

function partTranscript(whole: Transcript, pieces: SpokenPiece[], share: number): Transcript {
  const text = pieces
    .map((piece) => piece.text)
    .filter((part) => part !== '')
    .join(' ');
  return {
    text,
    language: whole.language,
    languageProbabilityBp: whole.languageProbabilityBp,
    pieces,
    noSpeechBp: whole.noSpeechBp === null ? null : weighted(pieces, (piece) => piece.noSpeechBp),
    meanLogProb: whole.meanLogProb === null ? null : weighted(pieces, (piece) => piece.meanLogProb),
    compressionRatio: compressionRatio(text),
    speechMs: whole.speechMs === null ? null : pieces.reduce((sum, piece) => sum + (piece.speechMs ?? 0), 0),
    processingMs: Math.round(whole.processingMs * share),
    ...(whole.by ? { by: whole.by } : {}),
  };
}

/** Mean of a figure over pieces, each counted by its words. */
function weighted(pieces: readonly SpokenPiece[], figure: (piece: SpokenPiece) => number | null): number | null {
  let sum = 0;
  let weight = 0;
  for (const piece of pieces) {
    const value = figure(piece);
    if (value === null) continue;
    const words = Math.max(1, piece.words.length);
    sum += value * words;
    weight += words;
  }
  return weight === 0 ? null : sum / weight;
}
