import { expect, test } from 'vitest';
import type { ReviewItem } from '#shared/model/review.ts';
import { change, emptyOutbox, lastSent, neighbour, put, stillPending, type Sent } from './outbox-fold.ts';

const item = (id: string, version = 1) => ({ id, version }) as ReviewItem;
const sent = (itemId: string, patch: Partial<Sent> = {}): Sent => ({
  itemId,
  liveTitle: '',
  verdict: 'dismiss',
  basedOn: 1,
  commandId: 'c',
  state: 'sending',
  decision: null,
  version: null,
  ...patch,
});

test('a decided item steps aside before the engine answers, and comes back when its decision is undone elsewhere', () => {
  const sending = put(emptyOutbox, sent('a'));
  expect(stillPending([item('a'), item('b')], sending).map((one) => one.id)).toEqual(['b']);
  const done = change(sending, 'a', { state: 'done', version: 2 });
  expect(stillPending([item('a', 2)], done), 'a list read before the decision').toEqual([]);
  expect(stillPending([item('a', 3)], done)).toHaveLength(1);
});

test('the next item is the one below, or the last', () => {
  const items = [item('a'), item('b'), item('c')];
  expect(neighbour(items, 'b')).toBe('c');
  expect(neighbour(items, 'c')).toBe('b');
  expect(neighbour([item('a')], 'a')).toBeNull();
  expect(neighbour(items, 'gone')).toBe('a');
});

test('undo takes the last decision, not one already being undone', () => {
  const both = put(put(emptyOutbox, sent('a')), sent('b'));
  expect(lastSent(both)?.itemId).toBe('b');
  expect(lastSent(change(both, 'b', { state: 'undoing' }))?.itemId).toBe('a');
  expect(lastSent(put(both, sent('a')))?.itemId, 'decided again').toBe('a');
});
