import { expect, test } from 'vitest';
import type { ToneFile } from './policy-schema.ts';
import { probabilityOf, weigh } from './weigh.ts';

const tone: ToneFile = {
  version: 'tone-test',
  thresholds: { attack: 0.4, nothing: 0.5, excused: 0.95 },
  bias: -1,
  weights: { attack: 2, 'attack&rebuke': -1.2, slur: 3 },
};

test.each([
  [[], 0.2689],
  [['attack'], 0.7311],
  [['attack', 'attack&rebuke'], 0.4502],
  [['attack', 'nobody-knows-this'], 0.7311],
])('the features %j are hate with probability %d', (features, probability) => {
  expect(probabilityOf(tone, new Set(features))).toBeCloseTo(probability, 4);
});

test.each([
  ['attack', ['attack', 'attack&rebuke'], true],
  ['nothing', ['attack', 'attack&rebuke'], false],
  ['nothing', ['attack'], true],
  ['excused', ['attack'], false],
  ['excused', ['attack', 'slur'], true],
] as const)('rules that say %s and the features %j: hate is %s', (rules, features, hate) => {
  expect(weigh(tone, rules, new Set(features)).hate).toBe(hate);
});
