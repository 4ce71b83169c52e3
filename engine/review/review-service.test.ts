import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { createAlertsStore } from '../alerts/alerts-store.ts';
import { createCommands } from '../db/commands.ts';
import { createJobs } from '../jobs/jobs.ts';
import { createLivesStore } from '../lives/lives-store.ts';
import { createSegmentsStore } from '../lives/segments-store.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { effectGraceMs } from './decide.ts';
import { createReviewService } from './review-service.ts';
import { createReviewStore } from './review-store.ts';

const ana = { id: 'profile-ana', name: 'Ana' };

/** One live with one alert, and a capture that notes when it is stopped. */
function desk(capturing = true) {
  const made = temporaryStore();
  const { store, clock, journal } = made;
  const stopped: string[] = [];
  const jobs = createJobs(made);
  const alerts = createAlertsStore(store, clock);
  const review = createReviewStore(store, clock);
  const service = createReviewService({
    review,
    alerts,
    commands: createCommands(store, clock),
    journal,
    jobs,
    clock,
    stopCapture: (liveId) => capturing && stopped.push(liveId) > 0,
  });
  const liveId = newId(clock.now());
  const itemId = store.transaction(() => {
    createLivesStore(store, clock).insert({
      id: liveId,
      title: 'live',
      account: null,
      source: '{"kind":"stdin"}',
      source_kind: 'stdin',
      source_label: '-',
      state: 'en_cours',
      outcome: null,
      capture_state: 'capturing',
      on_demand: 0,
      started_at: clock.now(),
      ended_at: null,
      end_reason: null,
      end_error: null,
      language: 'fr',
      model: 'm',
      pace: null,
      source_ms: null,
    });
    const segmentId = createSegmentsStore(store, clock).insert({
      liveId,
      number: 1,
      startMs: 0,
      endMs: 3000,
      state: 'heard',
    });
    return alerts.raise({ liveId, segmentId, lane: 'urgent', reasons: ['hate'], scoreBp: 6000 }).itemId;
  });
  jobs.start();
  const act = (basedOn: number) =>
    service.decide(
      {
        itemId,
        verdict: 'action',
        statement: 'signalé à la plateforme',
        stopCapture: true,
        basedOn,
        commandId: newId(clock.now()),
      },
      ana,
    );
  const kinds = () => journal.after(0, 100).map(({ kind }) => kind);
  return { ...made, service, review, jobs, stopped, liveId, itemId, act, kinds };
}

test('our capture is stopped once the grace period is over, and the statement is kept', async () => {
  const { act, clock, stopped, liveId, itemId, review } = desk();
  act(1);
  await clock.advance(effectGraceMs - 1);
  expect(stopped).toEqual([]);
  await clock.advance(1);
  expect(stopped).toEqual([liveId]);
  expect(review.item(itemId)?.status).toBe('action_taken');
  expect(review.history(itemId)).toMatchObject([
    { by: 'Ana', statement: 'signalé à la plateforme', stopCapture: true },
  ]);
});

test('an undo within the grace period calls the effect back: nothing outside happens', async () => {
  const { act, service, clock, stopped, itemId, review, kinds } = desk();
  const { decision } = act(1);
  await clock.advance(effectGraceMs - 1);
  service.undo({ decisionId: decision.id, commandId: newId(clock.now()) }, ana);
  await clock.advance(60_000);
  expect(stopped).toEqual([]);
  expect(review.item(itemId)).toMatchObject({ status: 'pending', version: 3 });
  expect(kinds()).toEqual(['decision.made', 'decision.undone']);
});

test('after the capture was stopped the decision cannot be undone, and says why', async () => {
  const { act, service, clock } = desk();
  const { decision } = act(1);
  await clock.advance(effectGraceMs);
  expect(() => service.undo({ decisionId: decision.id, commandId: newId(clock.now()) }, ana)).toThrow(
    expect.objectContaining({ code: 'cannot-undo', data: { reason: 'effect-carried-out' } }),
  );
});

test('a capture that had ended by itself leaves nothing to stop: the decision can still be undone', async () => {
  const { act, service, clock, itemId, review } = desk(false);
  const { decision } = act(1);
  await clock.advance(60_000);
  service.undo({ decisionId: decision.id, commandId: newId(clock.now()) }, ana);
  expect(review.item(itemId)?.status).toBe('pending');
});

test('two people on one item: the second is told who decided', () => {
  const { act, service, itemId, clock } = desk();
  act(1);
  const late = { itemId, verdict: 'dismiss', stopCapture: false, basedOn: 1, commandId: newId(clock.now()) } as const;
  expect(() => service.decide(late, { id: 'b', name: 'Bob' })).toThrow(
    expect.objectContaining({
      code: 'already-decided',
      data: expect.objectContaining({ by: 'Ana', verdict: 'action' }) as unknown,
    }),
  );
});

test('a stop or a statement without "action" is refused and leaves nothing', () => {
  const { service, itemId, clock, kinds } = desk();
  const wrong = { itemId, verdict: 'review', stopCapture: true, basedOn: 1, commandId: newId(clock.now()) } as const;
  expect(() => service.decide(wrong, ana)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  expect(kinds()).toEqual([]);
});
