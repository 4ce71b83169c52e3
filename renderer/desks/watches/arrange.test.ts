import { expect, test } from 'vitest';
import type { Watch } from '#shared/model/watch.ts';
import { arrange } from './arrange.ts';

const watch = (handle: string, more: Partial<Watch>): Watch => ({
  id: handle,
  platform: 'tiktok',
  handle,
  url: `https://www.tiktok.com/@${handle}`,
  displayName: null,
  state: 'hors_ligne',
  reason: 'not-live',
  stateSince: 0,
  policy: 'transcribe',
  priority: 1,
  paused: false,
  language: null,
  model: null,
  caseId: null,
  followers: null,
  liveId: null,
  lives: 0,
  lastLiveAt: null,
  pendingAlerts: 0,
  lastCheckAt: null,
  lastError: null,
  nextCheckAt: null,
  createdAt: 0,
  ...more,
});
const watches = [
  watch('zoe', { state: 'en_ligne', lastLiveAt: 30 }),
  watch('abel', { state: 'bloque', pendingAlerts: 4 }),
  watch('marc', { priority: 0, lastLiveAt: 20, displayName: 'Marc Élan' }),
  watch('lea', { state: 'en_ligne', pendingAlerts: 1 }),
];
const named = (order: Parameters<typeof arrange>[1]['order'], text = '', state: Watch['state'] | null = null) =>
  arrange(watches, { text, state, order }).map(({ handle }) => handle);

test.each([
  ['priority', ['marc', 'abel', 'lea', 'zoe']],
  ['state', ['lea', 'zoe', 'marc', 'abel']],
  ['lastLive', ['zoe', 'marc', 'abel', 'lea']],
  ['alerts', ['abel', 'lea', 'marc', 'zoe']],
  ['name', ['abel', 'lea', 'marc', 'zoe']],
] as const)('by %s, then by name', (order, expected) => {
  expect(named(order)).toEqual(expected);
});

test('by state, and by a part of the handle or the name', () => {
  expect(named('name', '', 'en_ligne')).toEqual(['lea', 'zoe']);
  expect(named('name', ' @MARC')).toEqual(['marc']);
  expect(named('name', 'élan')).toEqual(['marc']);
});
