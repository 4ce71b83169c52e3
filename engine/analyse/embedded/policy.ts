import type { Target } from '#shared/model/verdict.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import { classesOf, parsePattern, type Pattern } from './pattern.ts';
import { builtInClasses, type Effect, type FrameScope, type PolicyFile } from './policy-schema.ts';
import { createRespeller, type Respell } from './respell.ts';
import { wordsOf } from './tokens.ts';

export type Origin =
  | { kind: 'rule'; id: string; effect: Effect; negatable: boolean }
  | { kind: 'frame'; id: string; scope: FrameScope };
export type Compiled = { pattern: Pattern; origin: Origin };

/** A policy ready to be applied. */
export type Policy = {
  version: string;
  language: 'fr' | 'en';
  lexicon: Lexicon;
  respell: Respell;
  isKnown(word: string): boolean;
  /** Patterns by the word or `@class` that their match must begin with. */
  byFirst: Map<string, Compiled[]>;
  targetClasses: ReadonlyMap<string, Target>;
};

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
export function compilePolicy(file: PolicyFile): Policy {
  const lexicon = createLexicon();
  for (const { target, words } of file.groups) {
    lexicon.add('group', words);
    lexicon.add(targetClass(target), words);
  }
  for (const [name, words] of Object.entries(file.classes)) lexicon.add(name, included(file, words, []));

  const classes = new Set<string>([...builtInClasses, ...Object.keys(file.classes)]);
  const byFirst = new Map<string, Compiled[]>();
  const literals = new Set<string>();
  const compile = (source: string, origin: Origin): void => {
    const pattern = parsePattern(source, file.aliases);
    for (const name of classesOf(pattern)) {
      if (!classes.has(name))
        throw new Error(`${file.version}: "${source}" (${origin.id}) names the unknown class ${name}`);
    }
    for (const element of pattern.elements) {
      if ('any' in element) for (const one of element.any) if ('word' in one) literals.add(one.word);
    }
    for (const key of pattern.first.flatMap((one) =>
      'word' in one ? [one.word] : one.classes.map((name) => `@${name}`),
    )) {
      byFirst.set(key, [...(byFirst.get(key) ?? []), { pattern, origin }]);
    }
  };
  for (const { id, scope, patterns } of file.frames) {
    for (const source of patterns) compile(source, { kind: 'frame', id, scope });
  }
  for (const { id, effect, negatable, patterns } of file.rules) {
    for (const source of patterns) compile(source, { kind: 'rule', id, effect, negatable });
  }

  const common = new Set(wordsOf(file.common));
  const known = new Set([...common, ...literals, ...lexicon.words(new Set(['group', ...Object.keys(file.classes)]))]);
  const sensitive = lexicon.words(new Set(file.repair));
  return {
    version: file.version,
    language: file.language,
    lexicon,
    respell: createRespeller({ known, common, sensitive, language: file.language }),
    isKnown: (word) => known.has(word),
    byFirst,
    targetClasses: new Map(file.groups.map(({ target }) => [targetClass(target), target])),
  };
}
