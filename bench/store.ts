import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../engine/base/clock.ts';
import { silentLog } from '../engine/base/log.ts';
import { databaseFileName, openStore } from '../engine/db/open-store.ts';
import { createJournal } from '../engine/journal/journal.ts';
import { createLivesStore } from '../engine/lives/lives-store.ts';
import { createSearchStore } from '../engine/lives/search-store.ts';
import { createSegmentsStore } from '../engine/lives/segments-store.ts';
import { createVerdictsStore } from '../engine/analyse/verdicts-store.ts';
import { createAlertsStore } from '../engine/alerts/alerts-store.ts';
import { createReviewStore } from '../engine/review/review-store.ts';
import { newId } from '../shared/ids.ts';
import { seededRandom } from '../tests/support/seeded-random.ts';

const syllables =
  'ba be bi bo bou cha che chi cou da de di don fa fé fi foi ga gué ja je jou la le li lon ma mé mi mou na né ni pa pé pi poi ra ré ri rou sa se si son ta té ti tou va vé vi vou'.split(
    ' ',
  );

/** 20,000 word forms; how often each is said follows Zipf's law, as in speech. */
const vocabulary = Array.from({ length: 20_000 }, (_, n) => {
  const parts = [n % 53, Math.floor(n / 53) % 53, Math.floor(n / 2809) % 53].map((i) => syllables[i] ?? '');
  return parts.slice(0, n < 53 ? 1 : n < 2809 ? 2 : 3).join('');
});

/** A rank whose probability falls as 1/rank, from a uniform number. */
const zipf = (uniform: number) => Math.floor(vocabulary.length ** uniform) - 1;

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function timed(count: number, work: (n: number) => unknown): { p50: number; p95: number } {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const since = performance.now();
    work(n);
    took.push(performance.now() - since);
  }
  took.sort((a, b) => a - b);
  return { p50: percentile(took, 0.5), p95: percentile(took, 0.95) };
}

/**
 * One million segments with text, verdict and facts through the real stores, against the same text through one bare prepared
 * INSERT into a table with the same FTS5 index, in the same run; then search and queue pages over the result.
 */
export async function benchStore(segmentsWanted = Number(process.env.VIGIE_BENCH_SEGMENTS ?? 1_000_000)) {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  try {
    const random = seededRandom(7);
    const sentence = () => Array.from({ length: 8 }, () => vocabulary[zipf(random())]).join(' ');
    const { store, close } = openStore({ dataDir: folder, clock: systemClock, log: silentLog });
    const journal = createJournal(store, systemClock);
    const lives = createLivesStore(store, systemClock);
    const segments = createSegmentsStore(store, systemClock);
    const search = createSearchStore(store, { segments, lives: createLivesStore(store, systemClock) });
    const verdicts = createVerdictsStore(store, systemClock);
    const alerts = createAlertsStore(store, systemClock);
    const review = createReviewStore(store, systemClock);
    const trust = { noSpeechBp: null, meanLogProbMilli: -100, compressionRatioMilli: 1200, speechMs: 3000 };

    const perLive = 10_000;
    const batch = 1000;
    let since = performance.now();
    let liveId = '';
    for (let done = 0; done < segmentsWanted; done += batch) {
      store.transaction(() => {
        for (let n = done; n < Math.min(done + batch, segmentsWanted); n += 1) {
          if (n % perLive === 0) {
            liveId = newId(systemClock.now());
            lives.insert({
              id: liveId,
              title: 'bench',
              account: null,
              source: '{"kind":"stdin"}',
              source_kind: 'stdin',
              source_label: '-',
              state: 'termine',
              outcome: 'termine',
              capture_state: 'ended',
              on_demand: 1,
              started_at: 0,
              ended_at: 1,
              end_reason: null,
              end_error: null,
              language: 'fr',
              model: 'm',
              pace: null,
              source_ms: null,
            });
          }
          const number = (n % perLive) + 1;
          const id = segments.insert({
            liveId,
            number,
            startMs: (number - 1) * 15_000,
            endMs: number * 15_000,
            state: 'heard',
          });
          lives.addSegment(liveId, { open: false, endMs: number * 15_000 });
          segments.write(id, {
            state: 'written',
            text: sentence(),
            language: 'fr',
            words: [],
            filtered: [],
            trust,
            speechModelId: null,
            windowMs: 15_000,
            processingMs: 1_000,
          });
          const hate = n % 50 === 0;
          verdicts.give({
            segmentId: id,
            engine: 'embedded',
            model: 'bench',
            policyVersion: '1',
            policyHash: 'h',
            scoreBp: hate ? 6000 : 2000,
            terms: [],
            judgement: {
              category: hate ? 'haineux' : 'neutre',
              virality: 'faible',
              hate,
              target: null,
              targetText: null,
              reasons: [],
              confidenceBp: null,
            },
          });
          if (hate) alerts.raise({ liveId, segmentId: id, lane: 'urgent', reasons: ['hate'], scoreBp: 6000 });
          journal.append({ kind: 'segment.heard', subjectId: id, data: { liveId, number } });
          journal.append({ kind: 'segment.written', subjectId: id, data: { liveId, number } });
          journal.append({ kind: 'verdict.given', subjectId: id, data: { liveId, number } });
        }
      });
    }
    const ours = segmentsWanted / ((performance.now() - since) / 1000);

    const bare = new Database(path.join(folder, 'bare.sqlite'));
    bare.pragma('journal_mode = WAL');
    bare.pragma('synchronous = FULL');
    bare.exec(`CREATE TABLE s (row INTEGER PRIMARY KEY, text TEXT);
      CREATE VIRTUAL TABLE f USING fts5 (text, content = 's', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2");
      CREATE TRIGGER t AFTER INSERT ON s BEGIN INSERT INTO f (rowid, text) VALUES (new.row, new.text); END;`);
    const insert = bare.prepare('INSERT INTO s (text) VALUES (?)');
    const write = bare.transaction((count: number) => {
      for (let n = 0; n < count; n += 1) insert.run(sentence());
    });
    const bareCount = Math.min(segmentsWanted, 200_000);
    since = performance.now();
    for (let done = 0; done < bareCount; done += batch) write(batch);
    const baseline = bareCount / ((performance.now() - since) / 1000);
    bare.close();

    const pick = (n: number) => vocabulary[(n * 37) % 2000] ?? '';
    const rare = timed(200, (n) => search.find({ text: `${pick(n)} ${pick(n * 7 + 3)}`, limit: 50 }));
    const common = timed(20, (n) => search.find({ text: pick(n), limit: 50 }));
    const queue = timed(200, () => review.pending(100, null).map((row) => alerts.get(row.subject_id)));
    since = performance.now();
    const { lines, brokenAt } = journal.verify();
    const verifyMs = performance.now() - since;
    const mib = statSync(path.join(folder, databaseFileName)).size / 2 ** 20;
    close();
    const ms = (value: number) => `${value.toFixed(1)} ms`;
    return {
      name: `store: ${segmentsWanted.toLocaleString('en')} segments, each with text, verdict and three facts`,
      rows: [
        {
          figure: 'insert',
          value: `${Math.round(ours)} /s`,
          baseline: `${Math.round(baseline)} /s bare text + FTS5`,
          ratio: (ours / baseline).toFixed(2),
        },
        { figure: 'search, two words, p50', value: ms(rare.p50), baseline: '', ratio: '' },
        { figure: 'search, two words, p95', value: ms(rare.p95), baseline: '', ratio: '' },
        { figure: 'search, one common word, p95', value: ms(common.p95), baseline: '', ratio: '' },
        { figure: 'queue page of 100, p95', value: ms(queue.p95), baseline: '', ratio: '' },
        {
          figure: `chain of ${lines} facts verified${brokenAt === null ? '' : ' (BROKEN)'}`,
          value: ms(verifyMs),
          baseline: '',
          ratio: '',
        },
        { figure: 'file', value: `${mib.toFixed(0)} MiB`, baseline: '', ratio: '' },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table((await benchStore()).rows);
