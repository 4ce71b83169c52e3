import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { randomModel, type Size, tokensFor, usualTokens, wordsOf } from './random-model.ts';
import { fileSeconds, openBaseline } from './support/baseline.ts';
import { carry, type Carried } from './support/carry.ts';
import { largest, type Summary } from './support/figures.ts';
import { liveFiles, mixedLive } from './support/live-mix.ts';

const boundedMs = 5_000;
const settleMs = 12_000;
const countedMs = 30_000;
const speechShare = 0.6;
/** What the baseline writes of a second of speech; ours must write as much, or it would be faster for saying less. */
const wordsPerSecond = wordsOf(usualTokens) / (fileSeconds * speechShare);
/** So far off it may be before the same number of lives is tried again with another length of answer. */
const near = { least: 0.97, most: 1.2 };

/** A sentence of 3 s. */
const firstTokens = tokensFor(3 * wordsPerSecond);

/** Of the baseline's capacity; halving tries three of them. */
const multiples = [0.5, 0.75, 1, 1.5, 2, 2.5, 3] as const;

type Row = {
  model: string;
  system: string;
  device: string;
  lives: number;
  'p95 of the wait': string;
  'words/s': string;
  baseline: string;
  ratio: string;
  'tried, with p95': string;
};

/**
 * How many lives this machine follows at their own speed with p95 of the wait for words at most 5 s. Ours are really followed, by the whole
 * engine, file by file through ffmpeg; the baseline is given its best case: files that arrive evenly and no wait but for its own work.
 * A random model answers every window with as many words, however long the sound: the baseline's 15 s as our sentence of 3 s. So ours is tried
 * with a model of shorter answers, as many words of a second of speech as the baseline writes, or more.
 */
async function rowsOf(size: Size, windows: readonly ('fit' | 'full')[], folder: string): Promise<Row[]> {
  const model = randomModel(size);
  const pcm = await mixedLive(speechShare);
  const files = liveFiles(pcm, path.join(folder, 'lives'), 12, (settleMs + countedMs) / 1000 + 30);
  const threads = Math.min(8, availableParallelism());
  const measure = async () => {
    const baseline = await openBaseline(model, threads, pcm);
    const capacity = await baseline.capacity(files, path.join(folder, 'files'));
    await baseline.close();
    return { capacity, device: baseline.device };
  };
  const before = await measure();
  const bests: { window: 'fit' | 'full'; best: { count: number; found: Carried } | null; tried: string[] }[] = [];
  for (const window of windows) {
    const counts = [...new Set(multiples.map((times) => Math.max(1, Math.round(times * before.capacity))))];
    const tried: string[] = [];
    let tokens = firstTokens;
    const attempt = async (lives: number, more = 2): Promise<Carried> => {
      const used = tokens;
      const found = await carry({ lives, files, model: randomModel(size, used), window, settleMs, countedMs });
      const share = found.wordsPerSecond / wordsPerSecond;
      const said = `${(found.p95 / 1000).toFixed(1)} s, ${found.wordsPerSecond.toFixed(1)} words/s`;
      console.error(`  ${size} ${window}: ${lives} lives, ${used} tokens a window: p50 ${found.p50} ms, p95 ${said}`);
      const held = found.p95 <= boundedMs;
      // Too little said, or too much, decides only what it would not change: held with more than is due, not held with less.
      const again = (share < near.least && held) || (share > near.most && !held);
      tokens = tokensFor(wordsOf(used) / Math.max(0.1, share)) + (share < near.least ? 1 : 0);
      if (more > 0 && again && tokens !== used) return attempt(lives, more - 1);
      tried.push(`${lives}: ${said}`);
      return found;
    };
    bests.push({
      window,
      best: await largest(
        counts,
        (lives) => attempt(lives),
        ({ p95 }) => p95 <= boundedMs,
      ),
      tried,
    });
  }
  const after = await measure();
  const base = (before.capacity + after.capacity) / 2;
  const row = (system: string, device: string, lives: number, lag: string, words: number, tried: string): Row => ({
    model: `random ${size}`,
    system,
    device,
    lives,
    'p95 of the wait': lag,
    'words/s': words.toFixed(1),
    baseline: base.toFixed(1),
    ratio: (lives / base).toFixed(2),
    'tried, with p95': tried,
  });
  return [
    {
      ...row(
        `baseline: 15 s files in turn, ${threads} threads`,
        before.device,
        Math.floor(base),
        '(its own work)',
        wordsPerSecond,
        '',
      ),
      ratio: '1.00',
    },
    ...bests.map(({ window, best, tried }) =>
      row(
        window === 'fit' ? 'Vigie, window fitted to the sound' : 'Vigie, whole windows',
        best?.found.device ?? before.device,
        best?.count ?? 0,
        best ? `${(best.found.p95 / 1000).toFixed(1)} s` : 'none held',
        best?.found.wordsPerSecond ?? 0,
        tried.join(', '),
      ),
    ),
  ];
}

export async function benchCapacity() {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  try {
    const rows = [...(await rowsOf('tiny', ['fit'], folder)), ...(await rowsOf('base', ['fit', 'full'], folder))];
    const summary: Summary[] = rows
      .filter(({ ratio }) => ratio !== '1.00')
      .map((row) => ({
        measure: `lives at once, ${row.model}: ${row.system}`,
        device: row.device,
        figure: `${row.lives}, p95 ${row['p95 of the wait']}`,
        baseline: row.baseline,
        ratio: row.ratio,
        goal: '3',
      }));
    return { summary, name: 'capacity: lives followed at their own speed, 60 % speech, words within 5 s (p95)', rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table((await benchCapacity()).rows);
