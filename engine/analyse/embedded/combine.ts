import type { Category, Judgement, Reason, Virality } from '#shared/model/verdict.ts';
import type { ToneFile } from './policy-schema.ts';
import type { Settled } from './settle.ts';
import type { Sight } from './signals.ts';
import type { Token } from './tokens.ts';
import { toneOf, type Aim, type Cue } from './tone.ts';
import { weigh, type RulesSay } from './weigh.ts';

/** One sentence as it was seen; `lead` words of it were said before the text. */
export type Seen = { sight: Sight; lead: number; settled: Settled };

const viralityRank: Record<Virality, number> = { faible: 0, moyenne: 1, forte: 2 };
const calmRank: Record<Settled['calm'], number> = { neutre: 0, viral: 1, polemique: 2 };
const maxReasons = 20;
const maxQuote = 500;
const maxTargetText = 100;
/** Below this probability, an attack that the rules saw and the tone does not bear out is held to be none. */
const leastDoubt = 0.1;

/** Where a span of tokens stands in the text; null when it lies in what was said before this text. */
function place(tokens: readonly Token[], from: number, to: number): { at: number; end: number } | null {
  const inText = tokens.slice(from, to).filter(({ start }) => start >= 0);
  const [first, last] = [inText[0], inText.at(-1)];
  return first && last ? { at: first.start, end: last.end } : null;
}

type Span = { from: number; to: number };

function reasonOf(text: string, rule: string, { tokens }: Sight, { from, to }: Span): Reason | null {
  const found = place(tokens, from, to);
  return found && { rule, quote: text.slice(found.at, Math.min(found.end, found.at + maxQuote)), at: found.at };
}

const determiners = new Set(['les', 'des', 'ces', 'aux', 'le', 'la', 'l', 'the', 'these', 'those']);

function targetText(text: string, { tokens }: Sight, target: Span): string | null {
  const leading = target.from > 0 && determiners.has(tokens[target.from - 1]?.word ?? '');
  const found = place(tokens, leading ? target.from - 1 : target.from, target.to);
  return found && text.slice(found.at, Math.min(found.end, found.at + maxTargetText));
}

/** What the rules alone say of a text. */
export function rulesSay(seen: readonly Seen[]): RulesSay {
  if (seen.some(({ settled }) => settled.attacks.length > 0)) return 'attack';
  return seen.some(({ settled }) => settled.excused.length > 0) ? 'excused' : 'nothing';
}

/** Sentences that matter most first: attacks, then what spreads, then what divides. */
function byWeight(seen: readonly Seen[]): Seen[] {
  const rank = ({ settled }: Seen): number =>
    (settled.attacks.length > 0 ? 100 : 0) + viralityRank[settled.virality] * 10 + calmRank[settled.calm];
  return [...seen].sort((a, b) => rank(b) - rank(a));
}

/** Weighs what was seen in the sentences of a text; every reason quotes it verbatim. */
export function combine(text: string, seen: readonly Seen[], file: ToneFile): Judgement {
  const { tally, cues } = toneOf(seen, { trusting: true });
  const rules = rulesSay(seen);
  const { hate, probability } = weigh(file, rules, tally);
  const doubted = !hate && rules === 'attack' && probability >= leastDoubt;
  const sorted = byWeight(seen);
  const calm = sorted.reduce<Settled['calm']>(
    (most, { settled }) => (calmRank[settled.calm] > calmRank[most] ? settled.calm : most),
    'neutre',
  );
  const virality = sorted.reduce<Virality>(
    (most, { settled }) => (viralityRank[settled.virality] > viralityRank[most] ? settled.virality : most),
    'faible',
  );
  const category: Category = hate ? 'haineux' : doubted ? 'a_verifier' : calm;
  const aim = hate ? aimOf(sorted, cues) : null;
  const individual = sorted.some(({ settled }) => settled.because.some(({ effect }) => effect === 'individual'));
  return {
    category,
    virality,
    hate,
    target: hate ? (aim?.kind ?? 'autre') : individual && calm === 'polemique' ? 'individu' : null,
    targetText: aim && targetText(text, aim.sight, aim),
    reasons: distinct(reasonsOf(text, sorted, cues, hate)).slice(0, maxReasons),
    // Where rules and tone contradict each other, the tone's figure is not the certainty of the verdict.
    confidenceBp: doubted ? null : Math.round(Math.max(probability, 1 - probability) * 10_000),
  };
}

/** Whom the rules see attacked, else whom the hostile words are about. */
function aimOf(sorted: readonly Seen[], cues: readonly Cue[]): Aim | null {
  for (const { settled, sight } of sorted) {
    const target = settled.attacks.find((signal) => signal.target)?.target;
    if (target) return { ...target, sight };
  }
  return cues.find(({ target }) => target)?.target ?? null;
}

function reasonsOf(text: string, sorted: readonly Seen[], cues: readonly Cue[], hate: boolean): Reason[] {
  const all = sorted.flatMap(({ settled, sight }) => [
    ...settled.attacks.map((signal) => reasonOf(text, hate ? signal.rule : 'outweighed', sight, signal)),
    ...settled.because.map((signal) => reasonOf(text, signal.rule, sight, signal)),
    ...(hate ? [] : settled.excused.map(({ signal, excuse }) => reasonOf(text, excuse, sight, signal))),
  ]);
  // Where a rule says it, its sentence says more than that the words are hostile.
  const ruled = sorted.some(({ settled }) => settled.attacks.length > 0);
  const toned = hate && !ruled ? cues.map((cue) => reasonOf(text, 'hostile-words', cue.sight, cue)) : [];
  return [...toned, ...all].filter((one) => one !== null);
}

/** One reason per rule and place: several patterns of a rule may see the same words. The longest quote stays. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const kept: Reason[] = [];
  for (const one of reasons) {
    const twin = kept.findIndex(
      (other) =>
        other.rule === one.rule && other.at < one.at + one.quote.length && one.at < other.at + other.quote.length,
    );
    if (twin < 0) kept.push(one);
    else if (one.quote.length > (kept[twin]?.quote.length ?? 0)) kept[twin] = one;
  }
  return kept;
}
