import type { Virality } from '../model/verdict.ts';

/** A score in basis points: 0..10000, so that 0.7 is exactly 7000. */
export type ScoreBp = number;

export const bands = ['faible', 'moyen', 'eleve'] as const;
export type Band = (typeof bands)[number];

export const bandFloorsBp = { moyen: 4000, eleve: 7000 } as const;

export type ScoreTerm = { term: 'base' | 'virality' | 'hate'; bp: number };

const viralityBp: Record<Virality, number> = { faible: 0, moyenne: 3000, forte: 5000 };

/** The risk score as an addition a person can check: 0.2 + virality (0.3 or 0.5) + hate 0.4, at most 1.0. */
export function riskScore(judged: { virality: Virality; hate: boolean }): { scoreBp: ScoreBp; terms: ScoreTerm[] } {
  const terms: ScoreTerm[] = [{ term: 'base', bp: 2000 }];
  if (viralityBp[judged.virality] > 0) terms.push({ term: 'virality', bp: viralityBp[judged.virality] });
  if (judged.hate) terms.push({ term: 'hate', bp: 4000 });
  return {
    scoreBp: Math.min(
      10_000,
      terms.reduce((sum, { bp }) => sum + bp, 0),
    ),
    terms,
  };
}

/** faible < 0.4 <= moyen < 0.7 <= élevé. */
export function bandOf(scoreBp: ScoreBp): Band {
  if (scoreBp >= bandFloorsBp.eleve) return 'eleve';
  return scoreBp >= bandFloorsBp.moyen ? 'moyen' : 'faible';
}

/** The shape that carries the band where colour cannot. */
export const bandShapes: Record<Band, string> = { faible: '○', moyen: '◆', eleve: '▲' };
