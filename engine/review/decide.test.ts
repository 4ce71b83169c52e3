import { expect, test } from 'vitest';
import { decide, undo } from './decide.ts';

const last = { id: 'd1', verdict: 'review', byName: 'Ana', at: 5 } as const;

test.each([
  ['dismiss', 'dismissed'],
  ['review', 'reviewed'],
  ['action', 'action_taken'],
] as const)('%s makes a pending item %s', (verdict, status) => {
  expect(decide({ status: 'pending', version: 3 }, null, { verdict, basedOn: 3 })).toEqual({
    ok: true,
    status,
    version: 4,
  });
});

test.each([
  ['an older version on screen', { status: 'pending', version: 4 }, 3],
  ['already decided', { status: 'reviewed', version: 4 }, 4],
] as const)('%s is refused, naming who decided', (_name, item, basedOn) => {
  expect(decide(item, last, { verdict: 'dismiss', basedOn })).toEqual({
    ok: false,
    refusal: 'already-decided',
    by: last,
  });
});

test.each([
  ['the last word', { id: 'd1', undone: false }, last, [], { ok: true, status: 'pending', version: 5 }],
  [
    'its effect still waits',
    { id: 'd1', undone: false },
    last,
    [{ state: 'waiting' }],
    { ok: true, status: 'pending', version: 5 },
  ],
  ['already undone', { id: 'd1', undone: true }, null, [], { ok: false, reason: 'already-undone' }],
  ['a later decision stands', { id: 'd0', undone: false }, last, [], { ok: false, reason: 'superseded' }],
  [
    'its effect is carried out',
    { id: 'd1', undone: false },
    last,
    [{ state: 'done' }],
    { ok: false, reason: 'effect-carried-out' },
  ],
] as const)('undo: %s', (_name, decision, lastWord, effects, ruling) => {
  expect(undo({ status: 'reviewed', version: 4 }, decision, lastWord, effects)).toEqual(ruling);
});
