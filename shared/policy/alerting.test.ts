import { expect, test } from 'vitest';
import { defaultRiskThresholdBp, ruleAlert } from './alerting.ts';

const verdict = { scoreBp: 2000, hate: false, category: 'neutre', virality: 'faible' } as const;
const none = { alert: false };

test.each([
  ['neutral', verdict, 7000, none],
  [
    'hate alone is 0.6 and alerts',
    { scoreBp: 6000, hate: true, category: 'haineux', virality: 'faible' },
    7000,
    { alert: true, lane: 'urgent', reasons: ['hate'] },
  ],
  [
    'hate at the threshold',
    { scoreBp: 6000, hate: true, category: 'haineux', virality: 'faible' },
    6000,
    { alert: true, lane: 'urgent', reasons: ['hate', 'threshold'] },
  ],
  [
    'hate with the threshold switched up',
    { scoreBp: 10_000, hate: true, category: 'haineux', virality: 'forte' },
    10_000,
    { alert: true, lane: 'urgent', reasons: ['hate', 'threshold'] },
  ],
  [
    'hate in a text that is to be verified',
    { scoreBp: 6000, hate: true, category: 'a_verifier', virality: 'faible' },
    7000,
    { alert: true, lane: 'urgent', reasons: ['hate'] },
  ],
  ['viral below the threshold', { scoreBp: 5000, hate: false, category: 'viral', virality: 'moyenne' }, 7000, none],
  ['viral one point below', { scoreBp: 6999, hate: false, category: 'viral', virality: 'moyenne' }, 7000, none],
  [
    'viral at the threshold goes to the low lane',
    { scoreBp: 7000, hate: false, category: 'viral', virality: 'forte' },
    7000,
    { alert: true, lane: 'low', reasons: ['viral'] },
  ],
  [
    'viral with a lower threshold',
    { scoreBp: 5000, hate: false, category: 'viral', virality: 'moyenne' },
    5000,
    { alert: true, lane: 'low', reasons: ['viral'] },
  ],
  ['polemic alone never alerts', { ...verdict, category: 'polemique' }, 7000, none],
  ['polemic alone, threshold at zero', { ...verdict, category: 'polemique' }, 0, none],
  ['polemic and mildly viral', { scoreBp: 5000, hate: false, category: 'polemique', virality: 'moyenne' }, 7000, none],
  [
    'polemic and viral',
    { scoreBp: 7000, hate: false, category: 'polemique', virality: 'forte' },
    7000,
    { alert: true, lane: 'normal', reasons: ['threshold'] },
  ],
  [
    'what could not be judged waits for a person',
    { ...verdict, category: 'a_verifier' },
    7000,
    { alert: true, lane: 'low', reasons: ['to-verify'] },
  ],
  ['neutral, threshold at its score', verdict, 2000, { alert: true, lane: 'normal', reasons: ['threshold'] }],
] as const)('%s', (_, given, thresholdBp, expected) => {
  expect(ruleAlert(given, thresholdBp)).toEqual(expected);
});

test('the threshold is 0.7 until somebody sets another', () => {
  expect(defaultRiskThresholdBp).toBe(7000);
});
