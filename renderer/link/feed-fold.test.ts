import { expect, test } from 'vitest';
import type { Fact, FactKind } from '#shared/model/fact.ts';
import { foldFeedEvent, touchesOf } from './feed-fold.ts';

function fact(seq: number, kind: FactKind, data: Fact['data'] = {}, subjectId = 'subject'): Fact {
  return { seq, id: 'f', at: 0, actor: 'engine', kind, subjectId, data };
}

test('the first position asks for a snapshot, a resumed one does not', () => {
  const first = foldFeedEvent({ lastSeq: null }, { type: 'caught-up', seq: 12 });
  expect(first).toEqual({ state: { lastSeq: 12 }, touches: [{ what: 'everything' }] });
  const resumed = foldFeedEvent({ lastSeq: 12 }, { type: 'caught-up', seq: 12 });
  expect(resumed.touches).toEqual([]);
});

test('a repeated fact is folded once', () => {
  const raised = fact(13, 'alert.raised', { liveId: 'l', number: 4 });
  const once = foldFeedEvent({ lastSeq: 12 }, { type: 'fact', fact: raised });
  expect(once.state.lastSeq).toBe(13);
  expect(once.touches).not.toEqual([]);
  const twice = foldFeedEvent(once.state, { type: 'fact', fact: raised });
  expect(twice).toEqual({ state: { lastSeq: 13 }, touches: [] });
});

test('too far behind, or another journal: everything is read again from there', () => {
  expect(foldFeedEvent({ lastSeq: 3 }, { type: 'behind', seq: 9_000 })).toEqual({
    state: { lastSeq: 9_000 },
    touches: [{ what: 'everything' }],
  });
  expect(foldFeedEvent({ lastSeq: 500 }, { type: 'caught-up', seq: 2 })).toEqual({
    state: { lastSeq: 2 },
    touches: [{ what: 'everything' }],
  });
});

test.each<[FactKind, Fact['data'], string[]]>([
  ['live.started', {}, ['lives', 'live', 'status']],
  ['lane.behind', { liveId: 'l' }, ['live', 'lives', 'status']],
  ['transcription.paused', {}, ['lives', 'status']],
  ['gap.declared', { liveId: 'l' }, ['gaps', 'lives']],
  ['segment.written', { liveId: 'l', number: 2 }, ['transcript', 'lives', 'live']],
  ['verdict.given', { liveId: 'l', number: 2 }, ['transcript', 'lives', 'live']],
  ['alert.raised', { liveId: 'l', number: 2 }, ['transcript', 'queue', 'lives', 'status']],
  ['decision.made', {}, ['queue', 'item', 'lives', 'status']],
  ['export.finished', {}, ['exports', 'export']],
  ['settings.changed', {}, ['settings', 'models', 'status']],
  ['personal-data.read', {}, []],
])('%s makes the right things stale', (kind, data, whats) => {
  expect(touchesOf(fact(1, kind, data)).map((touch) => touch.what)).toEqual(whats);
});
