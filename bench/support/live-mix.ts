/** The demo live as a crowd of lives: with as much speech in it as a talking person leaves, and each beginning somewhere else. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readDemo } from '../../engine/transcribe/fixtures/demo-sound.ts';
import { ffmpegPath, resourcesDir } from './places.ts';

type Spoken = { start: number; end: number };
const perSecond = 16_000;

/**
 * What stays of a sound so that `share` of it is speech: every sentence whole, and of each pause the same part, half at either side of it.
 * @param sentences in seconds, in order
 * @returns stretches in samples
 */
export function shortened(
  sentences: readonly Spoken[],
  samples: number,
  share: number,
): { from: number; to: number }[] {
  const speech = sentences.reduce((sum, { start, end }) => sum + end - start, 0) * perSecond;
  const kept = Math.min(1, (speech / share - speech) / Math.max(1, samples - speech));
  const edges = [0, ...sentences.flatMap(({ start, end }) => [start * perSecond, end * perSecond]), samples];
  const stretches: { from: number; to: number }[] = [];
  let from = 0;
  for (let pause = 0; pause < edges.length; pause += 2) {
    const [begin, end] = [edges[pause]!, edges[pause + 1]!];
    const half = ((end - begin) * kept) / 2;
    stretches.push({ from: Math.round(from), to: Math.round(begin + half) });
    from = end - half;
  }
  stretches.push({ from: Math.round(from), to: samples });
  return stretches;
}

/** The French demo live at 60 % speech, about 2 min 15 s. */
export async function mixedLive(share = 0.6): Promise<Int16Array> {
  const pcm = await readDemo('live-fr');
  const text = readFileSync(path.join(resourcesDir, 'demo', 'live-fr.json'), 'utf8');
  const stretches = shortened(JSON.parse(text) as Spoken[], pcm.length, share);
  const mixed = new Int16Array(stretches.reduce((sum, { from, to }) => sum + to - from, 0));
  let at = 0;
  for (const { from, to } of stretches) {
    mixed.set(pcm.subarray(from, to), at);
    at += to - from;
  }
  return mixed;
}

/** `seconds` of a sound that goes round, from `from` samples on. */
export function roundFrom(pcm: Int16Array, from: number, seconds: number): Int16Array {
  return Int16Array.from({ length: seconds * perSecond }, (_, at) => pcm[(from + at) % pcm.length]!);
}

/** Files in AAC at 64 kbit/s, as lives carry it; each begins elsewhere in the sound. */
export function liveFiles(pcm: Int16Array, folder: string, count: number, seconds: number): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const file = path.join(folder, `live-${index}.m4a`);
    const sound = roundFrom(pcm, Math.floor((index * pcm.length) / count), seconds);
    const raw = ['-f', 's16le', '-ar', '16000', '-ac', '1', '-i', '-'];
    execFileSync(ffmpegPath, ['-v', 'error', '-y', ...raw, '-c:a', 'aac', '-b:a', '64k', file], {
      input: new Uint8Array(sound.buffer),
    });
    return file;
  });
}

/** One long recording in AAC at 32 kbit/s (ADTS): the sound goes round and begins at `part` of it. Encoded once, then repeated. */
export function nightFile(pcm: Int16Array, file: string, part: number, seconds: number): string {
  const roundSeconds = Math.floor(pcm.length / perSecond);
  const sound = roundFrom(pcm, Math.floor(part * pcm.length), Math.min(roundSeconds, Math.ceil(seconds)));
  const raw = ['-f', 's16le', '-ar', '16000', '-ac', '1', '-i', '-'];
  const once = execFileSync(ffmpegPath, ['-v', 'error', ...raw, '-c:a', 'aac', '-b:a', '32k', '-f', 'adts', '-'], {
    input: new Uint8Array(sound.buffer),
    maxBuffer: 1 << 26,
  });
  writeFileSync(file, '');
  for (let written = 0; written < seconds; written += roundSeconds) appendFileSync(file, once);
  return file;
}
