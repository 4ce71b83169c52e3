import { setImmediate } from 'node:timers/promises';
import type { BankContent, ReplayNews, RuleDefinition } from '#shared/model/rule.ts';
import { VigieError } from '#shared/errors.ts';
import { bandOf } from '#shared/policy/risk.ts';
import { compileRule } from './compile-rule.ts';
import type { HitsStore } from './hits-store.ts';
import { ruleHash } from './rule-hash.ts';
import { segmentsBefore } from './running-service.ts';
import { answersOf, matches, quotesOf } from './weigh-rule.ts';
import { type NumberedText, openWindow } from './window.ts';

/** Segments between two breaths of everything else that the engine does: a few milliseconds of rules. */
const atATime = 200;
/** More are counted, and not told one by one. */
const mostHits = 500;
/** Rules that were tried since the start; a person tries one or two before enabling one. */
const mostRemembered = 200;

export type ReplayService = ReturnType<typeof createReplayService>;

/** Rules on what was heard so far: what each would have done. It reads; nothing is written. */
export function createReplayService({ hits }: { hits: HitsStore }) {
  const tried = new Map<string, { matched: number; total: number }>();

  return {
    /** What came of the last whole replay of rules of this hash since the engine started; null without one. */
    replayed: (hash: string) => tried.get(hash) ?? null,
    /**
     * @param liveId this live only; null: everything that was heard, the newest live first
     * @throws VigieError `rules-unusable`, `cancelled` once `signal` is aborted
     */
    async *replay(
      definition: RuleDefinition,
      banks: readonly BankContent[],
      liveId: string | null,
      signal: AbortSignal | undefined,
    ): AsyncGenerator<ReplayNews, void, void> {
      const compiled = compileRule(definition, banks);
      const hash = ruleHash(definition, banks);
      const lives = hits.livesWritten(liveId).filter(({ written }) => written > 0);
      const figures = { done: 0, total: lives.reduce((sum, { written }) => sum + written, 0), matched: 0, already: 0 };
      const livesMatched = new Set<string>();
      yield { type: 'progress', ...figures };
      for (const live of lives) {
        let before: NumberedText[] = [];
        let last = 0;
        for (;;) {
          const rows = hits.page(live.id, last, atATime);
          for (const row of rows) {
            before = before.filter(({ number }) => number >= row.number - segmentsBefore);
            const window = openWindow(row, before);
            const { category, target, score_bp, language } = row;
            const band = score_bp === null ? null : bandOf(score_bp);
            const facts = { category, target, band, account: live.account, caseId: live.case_id, language };
            const answers = answersOf(compiled, facts, window);
            before.push({ number: row.number, text: row.text });
            last = row.number;
            figures.done += 1;
            if (!matches(answers)) continue;
            figures.matched += 1;
            livesMatched.add(live.id);
            if (row.status !== null) figures.already += 1;
            if (figures.matched > mostHits) continue;
            yield {
              type: 'hit',
              hit: {
                segmentId: row.id,
                liveId: live.id,
                liveTitle: live.title,
                account: live.account,
                number: row.number,
                startMs: row.start_ms,
                text: row.text,
                quotes: quotesOf(answers),
                alert: row.status,
              },
            };
          }
          if (signal?.aborted) throw new VigieError('cancelled', {});
          if (rows.length < atATime) break;
          yield { type: 'progress', ...figures };
          await setImmediate();
        }
        // Words that came meanwhile may be read too.
        figures.total = Math.max(figures.total, figures.done);
        yield { type: 'progress', ...figures };
        await setImmediate();
      }
      if (liveId === null) {
        if (tried.size >= mostRemembered) tried.clear();
        tried.set(hash, { matched: figures.matched, total: figures.total });
      }
      yield { type: 'end', ...figures, lives: livesMatched.size, hash };
    },
  };
}
