import { expect, test } from 'vitest';
import { bandOf, bands, bandShapes, riskScore } from './risk.ts';

test.each([
  ['faible', false, 2000, 'faible'],
  ['moyenne', false, 5000, 'moyen'],
  ['forte', false, 7000, 'eleve'],
  ['faible', true, 6000, 'moyen'],
  ['moyenne', true, 9000, 'eleve'],
  ['forte', true, 10_000, 'eleve'],
] as const)('virality %s, hate %s: %i basis points, %s', (virality, hate, scoreBp, band) => {
  const score = riskScore({ virality, hate });
  expect(score.scoreBp).toBe(scoreBp);
  expect(bandOf(score.scoreBp)).toBe(band);
});

test('the score is the sum of its terms, capped at 1.0', () => {
  expect(riskScore({ virality: 'moyenne', hate: true }).terms).toEqual([
    { term: 'base', bp: 2000 },
    { term: 'virality', bp: 3000 },
    { term: 'hate', bp: 4000 },
  ]);
  expect(riskScore({ virality: 'faible', hate: false }).terms).toEqual([{ term: 'base', bp: 2000 }]);
  const capped = riskScore({ virality: 'forte', hate: true });
  expect(capped.terms.reduce((sum, { bp }) => sum + bp, 0)).toBe(11_000);
  expect(capped.scoreBp).toBe(10_000);
});

test.each([
  [0, 'faible'],
  [3999, 'faible'],
  [4000, 'moyen'],
  [6999, 'moyen'],
  [7000, 'eleve'],
  [10_000, 'eleve'],
] as const)('%i basis points are %s', (scoreBp, band) => {
  expect(bandOf(scoreBp)).toBe(band);
});

test('every band has its own shape', () => {
  expect(new Set(bands.map((band) => bandShapes[band])).size).toBe(bands.length);
});
