import type { Category, Virality } from '#shared/model/verdict.ts';
import type { Frame, Sight, Signal } from './signals.ts';

/** Why an attack that was seen is not one. */
export type Excuse = 'negation' | 'counter-speech' | 'quotation' | 'reclaimed';
export type Settled = {
  /** What the sentence is where no attack stands in it. */
  calm: Exclude<Category, 'a_verifier' | 'haineux'>;
  virality: Virality;
  /** Attacks that nothing excuses, in the order of the words. */
  attacks: Signal[];
  excused: { signal: Signal; excuse: Excuse }[];
  /** What else carries the category and the virality, strongest first. */
  because: Signal[];
};

/** How many words a frame such as "stop saying that" reaches over; unpunctuated speech may run on for much longer. */
const reach = 16;

const isAttack = ({ effect }: Signal): boolean => effect === 'hate' || effect === 'slur' || effect === 'slur-aimed';

function isQuoted(sight: Sight, signal: Signal): boolean {
  return sight.tokens.slice(signal.from, signal.to).every(({ quoted }) => quoted);
}

type Span = { from: number; to: number };

const overlaps = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

/** Whether a frame lies on what the signal is about: the slur itself, or whom an attack names. */
function lies(frame: Frame, signal: Signal): boolean {
  return signal.effect === 'hate' ? signal.target !== null && overlaps(frame, signal.target) : overlaps(frame, signal);
}

/** Null when the attack stands. */
function excuseOf(sight: Sight, signal: Signal): Excuse | null {
  if (signal.negated) return 'negation';
  const framesOf = (scope: Frame['scope']): Frame[] => sight.frames.filter((frame) => frame.scope === scope);
  const distanced = framesOf('after').some(
    ({ from, to }) =>
      from <= signal.from && signal.from - to < reach && !sight.contrasts.some((at) => at >= to && at < signal.from),
  );
  if (distanced) return 'counter-speech';
  if (framesOf('rebut').some(({ from }) => from >= signal.to)) return 'counter-speech';
  // "Saying that they are rats is a disgrace": a longer match may take in the condemnation; the shorter one shows it apart.
  const condemned = framesOf('condemn').some((frame) =>
    sight.signals.some((other) => isAttack(other) && overlaps(signal, other) && !overlaps(frame, other)),
  );
  const reported = isQuoted(sight, signal) || framesOf('report').some(({ from }) => from <= signal.from);
  if (reported && condemned) return 'quotation';
  if (framesOf('self').some((frame) => signal.effect !== 'hate' || lies(frame, signal))) return 'reclaimed';
  return null;
}

function viralityOf(signals: readonly Signal[]): Virality {
  if (signals.some(({ effect }) => effect === 'viral-strong')) return 'forte';
  const mild = new Set(signals.filter(({ effect }) => effect === 'viral-mild').map(({ rule }) => rule));
  // Two different mild cues together (a rumour and "share this") make a strong one.
  return mild.size > 1 ? 'forte' : mild.size === 1 ? 'moyenne' : 'faible';
}

/** Weighs what was seen in one sentence. */
export function settle(sight: Sight): Settled {
  const isPlay = sight.frames.some(({ scope }) => scope === 'play');
  const signals = sight.signals.filter(
    (signal) =>
      !(isPlay && signal.byPronoun) && !sight.frames.some((frame) => frame.scope === 'homonym' && lies(frame, signal)),
  );
  const attacks = signals.filter(isAttack);
  const judged = attacks.map((signal) => ({ signal, excuse: excuseOf(sight, signal) }));
  const standing = judged.filter(({ excuse }) => excuse === null).map(({ signal }) => signal);
  const excused = judged.flatMap(({ signal, excuse }) => (excuse ? [{ signal, excuse }] : []));
  const live = signals.filter((signal) => !isAttack(signal) && !signal.negated);
  const spreading = live.filter(({ effect }) => effect.startsWith('viral'));
  const virality = viralityOf(spreading);
  const polemic = live.filter(({ effect }) => effect === 'polemic' || effect === 'individual');
  const calm = polemic.length > 0 ? 'polemique' : virality === 'faible' ? 'neutre' : 'viral';
  return { calm, virality, attacks: standing, excused, because: [...polemic, ...spreading] };
}
