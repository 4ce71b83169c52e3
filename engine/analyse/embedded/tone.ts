import type { Target } from '#shared/model/verdict.ts';
import { entitiesOf, finderOf, hitsOf, type Entity, type Finder, type Hit, type Span } from './said-of.ts';
import type { Settled } from './settle.ts';
import type { Sight, Signal } from './signals.ts';

/** The features of a text's tone; `resources/policies/tone.yml` says what each weighs. */
export type Tally = Set<string>;

/** A group where it is named. */
export type Aim = Span & { sight: Sight; kind: Target };
/** Hostile words about a group, from the first to the last word of both, and whom they are about where that is named. */
export type Cue = Span & { sight: Sight; target: Aim | null };
export type Tone = { tally: Tally; cues: Cue[] };
type Seen = { sight: Sight; lead: number; settled: Settled };

/** How many words after "says that" something still counts as what is said. */
const tellingReach = 8;
const frames = ['rebuke', 'speech', 'whoever', 'self', 'question', 'wish', 'profanity', 'neutral'] as const;

function aimAt(sight: Sight, entity: Entity | undefined | null): Aim | null {
  const kind = entity && sight.targetAt(entity.from);
  return entity && kind ? { sight, kind, from: entity.from, to: entity.to } : null;
}

function cueOf(sight: Sight, { entity, ...hit }: Hit, latest: Aim | null): Cue {
  const named = entity?.owner === 'group' ? aimAt(sight, entity) : latest;
  const from = Math.min(hit.from, entity?.from ?? hit.from);
  const to = Math.max(hit.to, entity?.to ?? hit.to);
  return { sight, from, to, target: named };
}

const isSlur = ({ effect, negated }: Signal): boolean => !negated && (effect === 'slur' || effect === 'slur-aimed');

/** What stands around the hostile words of a sentence, and may take their force away or add to it. */
function framesOf(sight: Sight, find: Finder, attacks: readonly Span[]): string[] {
  const quoted = attacks.some(({ from, to }) => sight.tokens.slice(from, to).every((token) => token.quoted));
  const telling = find('speech', 'whoever');
  const told = attacks.some(({ from }) => telling.some(({ to }) => to <= from && from - to < tellingReach));
  return [
    ...frames.filter((name) => find(name).length > 0),
    ...sight.frames.filter(({ scope }) => scope !== 'address').map(({ scope }) => `frame-${scope}`),
    ...(quoted ? ['quoted'] : []),
    ...(told ? ['told'] : []),
  ];
}

/**
 * What a text's sentences say of whom:
 * - `bad>group`, `hurt>them`, `praise>group:not`, ...: a word of a class, whom it is said of, whether it is negated;
 * - `group`, `them`, `other`: who is there at all; `slur`, `slur-aimed`: a slur that stands as one;
 * - `attack`: something hostile is said of a group; `denied`: something good is denied to one;
 * - `attack&rebuke`, `denied&speech`, `calm&neutral`, ...: what else the text holds.
 *
 * @param seen the sentences in their order; what lies wholly in the `lead` words before the text was judged there
 * @param trusting whether an attack that the rules let stand is taken for one, whatever its words are. Weights are fitted without:
 *   the rules know the cases they were written on too well
 */
export function toneOf(seen: readonly Seen[], { trusting }: { trusting: boolean }): Tone {
  const tally: Tally = new Set();
  const cues: Cue[] = [];
  const around = new Set<string>();
  let latest: Aim | null = null;
  for (const { sight, lead, settled } of seen) {
    const find = finderOf(sight);
    const entities = entitiesOf(find);
    for (const { owner } of entities) tally.add(owner);
    latest =
      aimAt(
        sight,
        entities.findLast(({ owner }) => owner === 'group'),
      ) ?? latest;
    const whom = latest;
    const hits = hitsOf(sight, find, entities).filter(({ to }) => to > lead);
    for (const hit of hits) tally.add(featureOf(hit, tally));
    const aimed = hits.filter(({ owner, told }) => (owner === 'group' || owner === 'them') && !told);
    for (const { kind, negated } of aimed) if (negated) tally.add(kind === 'praise' ? 'denied' : 'spared');
    const slurs = sight.signals.filter((signal) => isSlur(signal) && signal.to > lead);
    for (const { effect } of slurs) tally.add(effect);
    const attacks = aimed.filter(({ kind, negated }) => kind !== 'praise' && !negated);
    if (attacks.some((one) => attacks.some(({ from }) => from >= one.to))) tally.add('attacks');
    const ruled = trusting ? settled.attacks : [];
    if (ruled.length > 0) tally.add('group');
    const spans = [...attacks, ...slurs, ...ruled];
    cues.push(
      ...attacks.map((hit) => cueOf(sight, hit, whom)),
      ...[...slurs, ...ruled].map(({ from, to, target }) => ({
        sight,
        from,
        to,
        target: target && { ...target, sight },
      })),
    );
    for (const name of framesOf(sight, find, spans)) around.add(name);
  }
  if (cues.length > 0) tally.add('attack');
  const what = cues.length > 0 ? 'attack' : tally.has('denied') ? 'denied' : 'calm';
  const slurred = tally.has('slur') || tally.has('slur-aimed');
  for (const name of around) {
    tally.add(`${what}&${name}`);
    if (slurred) tally.add(`slur&${name}`);
  }
  if (what === 'attack' && around.has('rebuke') && (around.has('told') || around.has('quoted')))
    tally.add('attack&told&rebuke');
  return { tally, cues };
}

function featureOf({ kind, owner, negated, told }: Hit, tally: Tally): string {
  // A word that nobody in its sentence owns is said after a group was named, or of nobody at all.
  const whom = owner === 'none' && tally.has('group') ? 'after' : owner;
  return `${told ? 'told' : kind}>${whom}${negated ? ':not' : ''}`;
}
