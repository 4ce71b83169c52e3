import { VigieError } from '#shared/errors.ts';
import type { Decision, DecisionReason, DecisionVerdict } from '#shared/model/review.ts';
import type { AlertsStore } from '../alerts/alerts-store.ts';
import type { Clock } from '../base/clock.ts';
import type { Commands } from '../db/commands.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import { decide, effectGraceMs, undo } from './decide.ts';
import { decisionOf, type ReviewStore } from './review-store.ts';

export type Actor = { id: string; name: string };
export type DecideCommand = {
  itemId: string;
  verdict: DecisionVerdict;
  reason?: DecisionReason;
  note?: string;
  statement?: string;
  stopCapture: boolean;
  basedOn: number;
  commandId: string;
};
export type Decided = { decision: Decision; version: number };

export type ReviewService = {
  /** @throws VigieError `not-found`, `already-decided`, `bad-input` */
  decide(command: DecideCommand, actor: Actor): Decided;
  /** @throws VigieError `not-found`, `cannot-undo` */
  undo(command: { decisionId: string; commandId: string }, actor: Actor): Decided;
};

const effectKind = 'effect';

/** People's answers: one transaction per command; what must happen outside is a row that waits out its grace period. */
export function createReviewService(deps: {
  review: ReviewStore;
  alerts: AlertsStore;
  commands: Commands;
  journal: Journal;
  jobs: Jobs;
  clock: Clock;
  /** Carries out the effect `stop-capture`; false when nothing was being captured any more. */
  stopCapture(liveId: string, actor: string): boolean;
}): ReviewService {
  const { review, alerts, commands, journal, jobs, clock } = deps;

  jobs.define<{ effectId: string }>({
    kind: effectKind,
    concurrency: 1,
    maxAttempts: 3,
    leaseMs: 30_000,
    run({ effectId }) {
      const effect = review.effect(effectId);
      if (!effect || effect.state !== 'waiting') return Promise.resolve({ outcome: 'done', commit: () => undefined });
      // A capture that had ended by itself leaves nothing to stop: the decision can still be undone.
      const state = deps.stopCapture(effect.subject_id, effect.decision_id) ? 'done' : 'cancelled';
      return Promise.resolve({ outcome: 'done', commit: () => review.setEffect(effectId, state) });
    },
    giveUp({ effectId }) {
      review.setEffect(effectId, 'given_up');
      journal.append({ kind: 'effect.given-up', subjectId: effectId });
    },
  });

  const lastOf = (itemId: string) => {
    const last = review
      .history(itemId)
      .filter((decision) => decision.undoneAt === null)
      .at(-1);
    return last ? { id: last.id, verdict: last.verdict, byName: last.by, at: last.at } : null;
  };

  return {
    decide: (command, actor) =>
      commands.once({ id: command.commandId, call: 'review.decide', actor: actor.id }, () => {
        const item = review.item(command.itemId);
        if (!item) throw new VigieError('not-found', { what: 'review-item', id: command.itemId });
        if (command.verdict !== 'action' && (command.stopCapture || command.statement !== undefined)) {
          throw new VigieError('bad-input', { problem: 'stopCapture and statement belong to the verdict "action"' });
        }
        const last = lastOf(item.id);
        const ruling = decide(item, last, command);
        if (!ruling.ok) {
          throw new VigieError('already-decided', {
            by: ruling.by?.byName ?? '',
            verdict: ruling.by?.verdict ?? item.status,
            at: ruling.by?.at ?? item.created_at,
            decisionId: ruling.by?.id ?? '',
          });
        }
        const row = review.addDecision({
          item_id: item.id,
          verdict: command.verdict,
          undoes: null,
          reason: command.reason ?? null,
          note: command.note ?? null,
          statement: command.statement ?? null,
          stop_capture: command.stopCapture ? 1 : 0,
          by_id: actor.id,
          by_name: actor.name,
        });
        review.setStatus(item.id, ruling.status, ruling.version);
        const alert = alerts.get(item.subject_id);
        if (command.stopCapture && alert) {
          const dueAt = clock.now() + effectGraceMs;
          const effectId = review.addEffect({
            decisionId: row.id,
            kind: 'stop-capture',
            subjectId: alert.liveId,
            dueAt,
          });
          jobs.enqueue({ kind: effectKind, key: `${effectKind}:${effectId}`, payload: { effectId }, lane: 0, dueAt });
        }
        journal.append({
          kind: 'decision.made',
          subjectId: item.id,
          actor: actor.id,
          data: { decisionId: row.id, verdict: command.verdict, status: ruling.status, version: ruling.version },
        });
        return { decision: decisionOf(row, []), version: ruling.version };
      }),

    undo: (command, actor) =>
      commands.once({ id: command.commandId, call: 'review.undo', actor: actor.id }, () => {
        const row = review.decision(command.decisionId);
        const item = row && review.item(row.item_id);
        if (!row || !item || row.verdict === 'undo')
          throw new VigieError('not-found', { what: 'decision', id: command.decisionId });
        const history = review.history(item.id);
        const decision = history.find(({ id }) => id === row.id);
        const effects = review.effects(row.id);
        const ruling = undo(item, { id: row.id, undone: decision?.undoneAt !== null }, lastOf(item.id), effects);
        if (!ruling.ok) throw new VigieError('cannot-undo', { reason: ruling.reason });
        for (const effect of effects) {
          jobs.cancel(`${effectKind}:${effect.id}`);
          review.setEffect(effect.id, 'cancelled');
        }
        const undoRow = review.addDecision({
          item_id: item.id,
          verdict: 'undo',
          undoes: row.id,
          reason: null,
          note: null,
          statement: null,
          stop_capture: 0,
          by_id: actor.id,
          by_name: actor.name,
        });
        review.setStatus(item.id, ruling.status, ruling.version);
        journal.append({
          kind: 'decision.undone',
          subjectId: item.id,
          actor: actor.id,
          data: { decisionId: row.id, verdict: row.verdict, status: ruling.status, version: ruling.version },
        });
        return { decision: decisionOf(row, [undoRow]), version: ruling.version };
      }),
  };
}
