import type { RuleState } from '#shared/model/rule.ts';
import type { HitOutcome, RuleQuote } from '#shared/model/rule-cause.ts';
import type { Judgement } from '#shared/model/verdict.ts';
import { type Lane, lanes } from '#shared/policy/alerting.ts';
import { bandOf, type ScoreBp } from '#shared/policy/risk.ts';
import type { Log } from '../base/log.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import { compileRule, type CompiledRule } from './compile-rule.ts';
import type { HitsStore } from './hits-store.ts';
import type { RulesStore } from './rules-store.ts';
import { answersOf, matches, quotesOf, type SegmentFacts } from './weigh-rule.ts';
import { openWindow } from './window.ts';

/** How many earlier segments may hold the beginning of a phrase that a cut went through. */
export const segmentsBefore = 2;

type Running = { ruleId: string; version: number; outcome: HitOutcome; lane: Lane; compiled: CompiledRule };

/** What the rules that run say of a segment; `lane` null: none of them raises an alert. */
export type RuleFindings = {
  lane: Lane | null;
  hits: { ruleId: string; version: number; outcome: HitOutcome; quotes: RuleQuote[] }[];
};

export type RunningRules = ReturnType<typeof createRunningRules>;

/** The rules that run, on every segment as it is weighed. They need neither a model nor the network (law 10). */
export function createRunningRules(deps: {
  rules: RulesStore;
  hits: HitsStore;
  lives: LivesStore;
  journal: Journal;
  log: Log;
}) {
  const { hits, lives, journal, log } = deps;
  let running: Running[] | null = null;

  function load(): Running[] {
    return deps.rules.running().flatMap(({ id, version, state, definition, banks }) => {
      try {
        const compiled = compileRule(definition, banks);
        return [{ ruleId: id, version, outcome: outcomeOf(state, definition.effect), lane: definition.lane, compiled }];
      } catch (error) {
        // It could be compiled when it was written: another version of the program reads it otherwise.
        log.error({ ruleId: id, version, problem: (error as Error).message }, 'a rule that runs cannot be read');
        return [];
      }
    });
  }

  return {
    /** Other versions run from here on. */
    forget() {
      running = null;
    },
    weigh(
      segment: { id: string; live_id: string; number: number; text: string; language: string | null },
      judgement: Judgement,
      scoreBp: ScoreBp,
    ): RuleFindings {
      running ??= load();
      const live = running.length > 0 ? lives.row(segment.live_id) : undefined;
      if (!live) return { lane: null, hits: [] };
      const window = openWindow(segment, hits.before(segment.live_id, segment.number, segmentsBefore));
      const facts: SegmentFacts = {
        category: judgement.category,
        target: judgement.target,
        band: bandOf(scoreBp),
        account: live.account,
        caseId: live.case_id,
        language: segment.language,
      };
      const found = running.flatMap(({ compiled, ...rule }) => {
        const answers = answersOf(compiled, facts, window);
        return matches(answers) ? [{ ...rule, quotes: quotesOf(answers) }] : [];
      });
      const asked = found.filter(({ outcome }) => outcome === 'alert').map(({ lane }) => lanes.indexOf(lane));
      return { lane: asked.length > 0 ? (lanes[Math.min(...asked)] ?? null) : null, hits: found };
    },
    /** Keeps what matched, in the transaction of the verdict. @param alertId the alert of the segment, when it has one */
    keep(
      segment: { id: string; live_id: string; number: number },
      { hits: found }: RuleFindings,
      alertId: string | null,
    ) {
      for (const { ruleId, version, outcome, quotes } of found) {
        const cause = outcome === 'alert' ? alertId : null;
        if (!hits.keep({ ruleId, version, segmentId: segment.id, outcome, quotes, alertId: cause })) continue;
        const data = { liveId: segment.live_id, number: segment.number, version, outcome };
        journal.append({ kind: 'rule.matched', subjectId: ruleId, data });
      }
    },
  };
}

function outcomeOf(state: RuleState, effect: 'alert' | 'mark'): HitOutcome {
  return state === 'active' ? effect : 'shadow';
}
