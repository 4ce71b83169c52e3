import { toneClass } from './policy.ts';
import type { ToneClass } from './policy-schema.ts';
import type { Sight } from './signals.ts';

/** Ways of being hostile, and of being kind, as classes of general vocabulary. */
const kinds = [
  'bad', 'dehumanising', 'loathe', 'hurt', 'removal', 'befalls', 'ruin', 'least', 'worthless', 'praise',
] as const; // prettier-ignore
export type Kind = (typeof kinds)[number];

/** Whom a word is said of: a protected group by name or by pronoun, somebody or something else, nobody in sight. */
export type Owner = 'group' | 'them' | 'other' | 'none';
export type Span = { from: number; to: number };
export type Entity = Span & {
  owner: Exclude<Owner, 'none'>;
  /** How many words further away it counts, since something else in the sentence matters more. */
  handicap: number;
};
export type Hit = Span & {
  kind: Kind;
  owner: Owner;
  entity: Entity | null;
  negated: boolean;
  /** Something that happened, told with nobody wishing it: news. */
  told: boolean;
};

/** Finds the spans of classes in one sentence, longest first, none inside another; each class is looked for once. */
export type Finder = (...names: (ToneClass | `=${string}`)[]) => Span[];

/** Words further apart than this have nothing to do with each other; unpunctuated speech runs on for much longer. */
const reach = 12;
/** How many words before it, or after something good, a negation may stand. */
const negationReach = 3;

/** How many words further away something ordinary counts than a group. */
const otherness = 2;
/** ... and whoever stands on the wrong side of a word. */
const misplacement = 1;

const overlaps =
  (span: Span) =>
  (one: Span): boolean =>
    one.from < span.to && span.from < one.to;

/** @param sight of the sentence. A name with `=` before it is one of the rules' own classes (`=group`), else one of general vocabulary. */
export function finderOf(sight: Sight): Finder {
  const found = new Map<string, Span[]>();
  return (...names) => {
    const key = names.join();
    const known = found.get(key);
    if (known) return known;
    const classes = names.map((name) => (name.startsWith('=') ? name.slice(1) : toneClass(name as ToneClass)));
    const spans: Span[] = [];
    for (let at = 0; at < sight.tokens.length;) {
      let length = 0;
      for (const one of classes) length = Math.max(length, sight.spans[at]?.get(one)?.[0] ?? 0);
      if (length > 0) spans.push({ from: at, to: at + length });
      at += Math.max(1, length);
    }
    found.set(key, spans);
    return spans;
  };
}

/** Who and what a sentence speaks of. */
export function entitiesOf(find: Finder): Entity[] {
  const named = find('=group', '=slur');
  const pronouns = find('=them', '=they-are', '=you').filter((span) => !named.some(overlaps(span)));
  // French "les" is a pronoun where a verb of hatred, harm or removal follows it, else an article.
  const clitics = find('=clitic').filter(({ to }) => find('loathe', 'hurt', 'removal').some(({ from }) => from === to));
  const insults = find('bad', 'dehumanising');
  const free = (span: Span): boolean => !named.some(overlaps(span)) && !pronouns.some(overlaps(span));
  // "violence against": what follows is spoken up for, and nothing else in the sentence matters more.
  const whoever = find('whoever').filter(free);
  const others = find('person', 'folk', 'object').filter(
    (span) => free(span) && !whoever.some(overlaps(span)) && !insults.some(overlaps(span)),
  );
  const entity =
    (owner: Entity['owner'], handicap: number) =>
    (span: Span): Entity => ({ ...span, owner, handicap });
  return [
    ...named.map(entity('group', 0)),
    ...[...pronouns, ...clitics].map(entity('them', 0)),
    ...whoever.map(entity('other', 0)),
    ...others.map(entity('other', otherness)),
  ];
}

function distance(entity: Span, { from, to }: Span): number {
  if (entity.to <= from) return from - entity.to;
  return entity.from >= to ? entity.from - to : 0;
}

const transitive: ReadonlySet<Kind> = new Set(['loathe', 'hurt', 'removal']);

/** Whom a word is said of: whoever stands nearest. */
function nearest(sight: Sight, entities: readonly Entity[], kind: Kind, hit: Span): Entity | null {
  let best: { entity: Entity | null; cost: number } = { entity: null, cost: reach };
  for (const entity of entities) {
    const [low, high] = [Math.min(entity.to, hit.to), Math.max(entity.from, hit.from)];
    const parted = sight.contrasts.some((at) => at >= low && at < high);
    // "They are liars", but "I hate them": who is what stands before, whom one does something to stands after.
    const misplaced = transitive.has(kind) ? entity.to <= hit.from : entity.from >= hit.to;
    const cost = distance(entity, hit) + (parted ? 6 : 0) + (misplaced ? misplacement : 0) + entity.handicap;
    if (cost < best.cost) best = { entity, cost };
  }
  return best.entity;
}

const afterVerb = new Set(['pas', 'plus', 'jamais', 'aucun', 'aucune', 'rien', 'guere']);

/** Whether a word is negated: a "not" shortly before it, "pas" after the verb that it is, "nobody may" anywhere before it. */
function isNegated(sight: Sight, find: Finder, kind: Kind, { from, to }: Span): boolean {
  const first = sight.contrasts.findLast((at) => at < from) ?? 0;
  const denied = find('nobody-may').some((one) => one.from >= first && one.to <= from && from - one.to < reach);
  if (denied || afterVerb.has(sight.tokens[to]?.word ?? '')) return true;
  // "ne ... aucun respect", "ne valent rien": where the phrase says "no" itself, the "ne" before it is a part of that.
  const sayingNo = sight.spans.slice(from, to).some((classes) => classes.has('negator'));
  for (let at = from - 1; at >= Math.max(first, from - negationReach); at--)
    if (sight.negative[at] && !(sayingNo && /^ne?$/.test(sight.tokens[at]?.word ?? ''))) return true;
  // Good things are denied from further away: "human rights should not apply to".
  const last = Math.min(sight.contrasts.find((at) => at >= to) ?? sight.tokens.length, to + negationReach);
  for (let at = to; kind === 'praise' && at < last; at++) if (sight.negative[at]) return true;
  return false;
}

const happening: ReadonlySet<Kind> = new Set(['hurt', 'removal', 'befalls', 'ruin']);
const supposing = new Set(['if', 'si', 'que', 'qu']);

function isTold(sight: Sight, find: Finder, kind: Kind, from: number): boolean {
  if (!happening.has(kind)) return false;
  const wished =
    find('wish').some((one) => one.from <= from && from - one.to < reach) ||
    sight.tokens.slice(0, from).some(({ word }) => supposing.has(word));
  return !wished && (kind === 'befalls' || find('suffered').length > 0);
}

/** Every hostile or kind word of a sentence, and whom it is said of. */
export function hitsOf(sight: Sight, find: Finder, entities: readonly Entity[]): Hit[] {
  const quiet = find('whoever');
  const groups = entities.filter(({ owner }) => owner === 'group');
  return kinds.flatMap((kind) =>
    find(kind)
      // A word that names a group ("invalides") says nothing about it; nor does "violence against".
      .filter((span) => !groups.some(overlaps(span)))
      .filter(({ from, to }) => !quiet.some((one) => one.from <= from && to <= one.to))
      .map((span): Hit => {
        const entity = nearest(sight, entities, kind, span);
        return {
          ...span,
          kind,
          entity,
          owner: entity?.owner ?? 'none',
          negated: isNegated(sight, find, kind, span),
          told: isTold(sight, find, kind, span.from),
        };
      }),
  );
}
