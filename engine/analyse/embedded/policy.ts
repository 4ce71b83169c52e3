import type { Target } from '#shared/model/verdict.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import { classesOf, parsePattern, type Pattern } from './pattern.ts';
import {
  builtInClasses,
  type Effect,
  type FrameScope,
  type PolicyFile,
  toneClasses,
  type ToneClass,
  type WordsFile,
} from './policy-schema.ts';
import { createRespeller, type Respell } from './respell.ts';
import { wordsOf } from './tokens.ts';

export type Rule = { pattern: Pattern; id: string; effect: Effect; negatable: boolean };
export type FrameRule = { pattern: Pattern; id: string; scope: FrameScope };
/** Patterns by the word or `@class` that their match must begin with. */
export type ByFirst<T> = Map<string, T[]>;

/** A policy ready to be applied. */
export type Policy = {
  version: string;
  language: 'fr' | 'en';
  lexicon: Lexicon;
  respell: Respell;
  isKnown(word: string): boolean;
  rules: ByFirst<Rule>;
  frames: ByFirst<FrameRule>;
  targetClasses: ReadonlyMap<string, Target>;
};

/** The lexicon's name of a class of general vocabulary, apart from the rules' own of the same name. */
export const toneClass = (name: ToneClass): string => `tone:${name}`;
/** General words that are recognised through a slip of spelling, as those of the policy's `repair` classes are. */
const repairedTone = ['bad', 'dehumanising'] as const;
const targetClass = (target: Target): string => `target:${target}`;

/** The words of a class with those of the classes it takes in. */
function included(file: PolicyFile, words: string, within: readonly string[]): string {
  return words.replace(/@([a-z][a-z0-9-]*)/g, (_, name: string) => {
    const other = file.classes[name];
    if (other === undefined || within.includes(name))
      throw new Error(`${file.version}: class @${name} is unknown or contains itself`);
    return included(file, other, [...within, name]);
  });
}

/** Turns policy data into something that can be matched. Throws where a pattern names a class that is not there. */
export function compilePolicy(file: PolicyFile, general: WordsFile): Policy {
  const lexicon = createLexicon();
  for (const { target, words, slurs, aimed } of file.groups) {
    const named = { group: words, slur: slurs, 'slur-aimed': aimed };
    for (const [name, entries] of Object.entries(named)) {
      if (entries === undefined) continue;
      lexicon.add(name, entries);
      lexicon.add(targetClass(target), entries);
    }
  }
  for (const [name, words] of Object.entries(file.classes)) lexicon.add(name, included(file, words, []));

  for (const name of toneClasses) lexicon.add(toneClass(name), included(file, general.classes[name], []));

  const classes = new Set<string>([...builtInClasses, ...Object.keys(file.classes)]);
  const literals = new Set<string>();
  function index<T extends { id: string }>(
    into: ByFirst<T & { pattern: Pattern }>,
    origin: T,
    sources: string[],
  ): void {
    for (const source of sources) {
      const pattern = parsePattern(source, file.aliases);
      for (const name of classesOf(pattern)) {
        if (!classes.has(name)) throw new Error(`"${source}" (${origin.id}) names the unknown class ${name}`);
      }
      for (const element of pattern.elements) {
        if ('any' in element) for (const one of element.any) if ('word' in one) literals.add(one.word);
      }
      const keys = pattern.first.flatMap((one) => ('word' in one ? [one.word] : one.classes.map((name) => `@${name}`)));
      for (const key of keys) into.set(key, [...(into.get(key) ?? []), { ...origin, pattern }]);
    }
  }
  const frames: Policy['frames'] = new Map();
  for (const { id, scope, patterns } of file.frames) index(frames, { id, scope }, patterns);
  const rules: Policy['rules'] = new Map();
  for (const { id, effect, negatable, patterns } of file.rules) index(rules, { id, effect, negatable }, patterns);

  const common = new Set(wordsOf(file.common));
  const known = new Set([
    ...common,
    ...wordsOf(general.honest),
    ...literals,
    ...lexicon.words(classes),
    ...lexicon.words(toneClasses.map(toneClass)),
  ]);
  return {
    version: `${file.version}+${general.version}`,
    language: file.language,
    lexicon,
    respell: createRespeller({
      known,
      common,
      sensitive: lexicon.words([...file.repair, ...repairedTone.map(toneClass)], true),
      splittable: lexicon.words([...file.repair, ...file.split, ...repairedTone.map(toneClass)], true),
      language: file.language,
    }),
    isKnown: (word) => known.has(word),
    rules,
    frames,
    targetClasses: new Map(file.groups.map(({ target }) => [targetClass(target), target])),
  };
}
