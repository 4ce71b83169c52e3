import { expect, it } from 'vitest';
import { afterEnd, defaultKeeperLimits, noCounts, type EndOfLife, type KeeperAnswer } from './keeper-policy.ts';

const minute = 60_000;

/** Plays ends of life, each `everyMs` after the one before, and writes down what is answered. */
function play(ends: readonly EndOfLife[], everyMs: number): string[] {
  let counts = noCounts;
  return ends.map((end, index) => {
    const answer: KeeperAnswer = afterEnd(counts, end, index * everyMs, defaultKeeperLimits);
    counts = answer.counts;
    return answer.action === 'restart' ? `${answer.delayMs}` : `give up: ${answer.because} x${answer.lives}`;
  });
}

const times = (count: number, end: EndOfLife): EndOfLife[] => Array.from({ length: count }, () => end);

it.each<[string, EndOfLife[], number, string[]]>([
  ['cannot start', times(3, 'cannot-start'), 1000, ['500', '1000', 'give up: cannot-start x3']],
  ['never ready', times(2, 'never-ready'), 1000, ['500', 'give up: never-ready x2']],
  ['dies early', times(5, 'died-early'), 1000, ['500', '1000', '2000', '4000', 'give up: died-early x5']],
  [
    'kinds are counted apart',
    ['cannot-start', 'never-ready', 'died-early', 'cannot-start', 'died-early'],
    1000,
    ['500', '500', '500', '1000', '1000'],
  ],
  [
    'a life that lasted wipes the short ones',
    ['died-early', 'died-early', 'died', 'died-early'],
    minute,
    ['500', '1000', '500', '500'],
  ],
  ['once a day for ever is no loop', times(12, 'died'), 24 * 60 * minute, Array.from({ length: 12 }, () => '500')],
  [
    'every other minute is one',
    times(10, 'died'),
    2 * minute,
    ['500', '1000', '2000', '4000', '8000', '16000', '30000', '30000', '30000', 'give up: died x10'],
  ],
])('%s', (_, ends, everyMs, expected) => {
  expect(play(ends, everyMs)).toEqual(expected);
});
