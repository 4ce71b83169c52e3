import { expect, test } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import type { PresenceReason, WatchState } from '#shared/model/watch.ts';
import { judge, type Known } from './judge.ts';

const problem = new VigieError('network-failed', { host: 'h', detail: 'd' });
type Said = [state: WatchState, reason: PresenceReason, failed?: true];
const live: Said = ['en_ligne', 'on-air'];
const over: Said = ['hors_ligne', 'room-ended'];
const off: Said = ['hors_ligne', 'not-live'];
const refused: Said = ['bloque', 'challenge-page'];
const lost: Said = ['inconnu', 'unreachable', true];

function run(answers: readonly Said[]) {
  let known: Known = { state: 'inconnu', reason: 'never-checked', stateSince: 0, endedAnswers: 0, failures: 0 };
  return answers.map(([state, reason, failed], index) => {
    const made = judge(known, { state, reason, problem: failed ? problem : null }, index + 1);
    known = made.known;
    return [known.state, made.happened];
  });
}

test.each([
  [
    'goes on air and off',
    [off, live, live, over, over],
    ['hors_ligne', null],
    ['en_ligne', 'started'],
    ['en_ligne', null],
    ['en_ligne', null],
    ['hors_ligne', 'ended'],
  ],
  [
    'one stale answer ends nothing',
    [live, over, live, over],
    ['en_ligne', 'started'],
    ['en_ligne', null],
    ['en_ligne', null],
    ['en_ligne', null],
  ],
  ['a refusal is not "off air"', [off, refused, off], ['hors_ligne', null], ['bloque', null], ['hors_ligne', null]],
  [
    'a refusal ends no live',
    [live, refused, refused, refused],
    ['en_ligne', 'started'],
    ['en_ligne', null],
    ['en_ligne', null],
    ['en_ligne', null],
  ],
  [
    'a refusal between two answers leaves the count',
    [live, over, refused, over],
    ['en_ligne', 'started'],
    ['en_ligne', null],
    ['en_ligne', null],
    ['hors_ligne', 'ended'],
  ],
  [
    'our own network says nothing',
    [off, lost, live],
    ['hors_ligne', null],
    ['hors_ligne', null],
    ['en_ligne', 'started'],
  ],
  ['a first refusal is told', [refused, live], ['bloque', null], ['en_ligne', 'started']],
  [
    'private, restricted, unknown',
    [
      ['prive', 'private-account'],
      ['restreint', 'age-or-login'],
      ['inconnu', 'no-such-account'],
    ],
    ['prive', null],
    ['restreint', null],
    ['inconnu', null],
  ],
] as const)('%s', (_name, answers, ...expected) => {
  expect(run(answers as readonly Said[])).toEqual(expected);
});

test('since when is kept while the state stays, and failures are counted', () => {
  let { known } = judge(
    { state: 'hors_ligne', reason: 'not-live', stateSince: 5, endedAnswers: 0, failures: 0 },
    { state: 'hors_ligne', reason: 'room-ended', problem: null },
    9,
  );
  expect(known).toMatchObject({ stateSince: 5, reason: 'room-ended', failures: 0 });
  ({ known } = judge(known, { state: 'bloque', reason: 'empty-answer', problem: null }, 10));
  expect(known).toMatchObject({ state: 'bloque', reason: 'empty-answer', stateSince: 10, failures: 1 });
  ({ known } = judge(known, { state: 'bloque', reason: 'empty-answer', problem: null }, 20));
  expect(known).toMatchObject({ stateSince: 10, failures: 2 });
});
