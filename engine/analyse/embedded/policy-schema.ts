import { z } from 'zod';
import { targets } from '#shared/model/verdict.ts';

/** What a rule's match means for the sentence it stands in. */
export const effects = ['hate', 'slur', 'slur-aimed', 'polemic', 'individual', 'viral-mild', 'viral-strong'] as const;
export type Effect = (typeof effects)[number];

/**
 * What a frame does to matches around it:
 * `after`    takes the force out of what follows it ("stop saying that ...");
 * `report`   marks speech about speech; with a `condemn` after it, what stands between is quotation, not attack;
 * `condemn`  says that something said is wrong;
 * `rebut`    takes the force out of what came before it ("... luckily your opinion does not count");
 * `self`     the speaker speaks of themself or of their own group: slurs in the sentence are reclaimed;
 * `play`     sport, games, cooking, gardening: a bare "them" is the other team or the weeds;
 * `address`  the listener is put into a group ("women like you"): "you" stands for it afterwards;
 * `homonym`  a word that is also a slur is used in its other sense.
 */
export const frameScopes = ['after', 'report', 'condemn', 'rebut', 'self', 'play', 'address', 'homonym'] as const;
export type FrameScope = (typeof frameScopes)[number];

const name = z.string().regex(/^[a-z][a-z0-9-]*$/);
const words = z.string().min(1);
const patterns = z
  .string()
  .min(1)
  .transform((block) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );

export const toneClasses = [
  'bad', 'dehumanising', 'loathe', 'hurt', 'removal', 'befalls', 'ruin', 'least', 'worthless', 'praise',
  'rebuke', 'speech', 'whoever', 'self', 'question', 'wish', 'profanity', 'neutral', 'suffered', 'nobody-may',
  'person', 'folk', 'object',
] as const; // prettier-ignore
export type ToneClass = (typeof toneClasses)[number];

export const policyFile = z.strictObject({
  version: z.string().min(1),
  language: z.enum(['fr', 'en']),
  /** Ordinary words: never taken for a misspelling of something else, and the measure of "is this the language?". */
  common: words,
  /** Whom speech may be aimed at, by the kind of target that a verdict reports. */
  groups: z
    .array(
      z.strictObject({
        target: z.enum(targets),
        words,
        /** Words that insult such a group wherever they stand (class `slur`). */
        slurs: words.optional(),
        /** Words that do so when they are aimed at somebody (class `slur-aimed`). */
        aimed: words.optional(),
      }),
    )
    .min(1),
  /** Words and phrases by class, separated by commas; `@other` takes in another class. */
  classes: z.record(name, words),
  /** A name for several classes. */
  aliases: z.record(name, z.array(name)).default({}),
  /** Classes whose words are recognised through one slip of spelling (a missing, doubled or swapped letter) or by ear. */
  repair: z.array(name),
  /** Further classes whose words are recognised when run together with an ordinary word. */
  split: z.array(name),
  frames: z.array(z.strictObject({ id: name, scope: z.enum(frameScopes), patterns })),
  rules: z
    .array(
      z.strictObject({
        /** Also the key of the sentence that explains it: `reason.<id>` in both catalogues. */
        id: name,
        effect: z.enum(effects),
        /** Whether "not" before or inside the match takes its force away; false where the pattern is itself a negation. */
        negatable: z.boolean().default(true),
        patterns,
      }),
    )
    .min(1),
});
/** A file of general vocabulary, by what its words say of whom: the classes that the tone of a sentence is counted in. */
export const wordsFile = z.strictObject({
  version: z.string().min(1),
  language: z.enum(['fr', 'en']),
  /** Words that a hostile one could be misspelt as: known, and so read as they stand. */
  honest: words,
  classes: z.strictObject(
    Object.fromEntries(toneClasses.map((one) => [one, words])) as Record<ToneClass, typeof words>,
  ),
});
export type WordsFile = z.infer<typeof wordsFile>;
export type PolicyFile = z.infer<typeof policyFile>;

const probability = z.number().min(0).max(1);
/** What each feature of tone weighs, as fitted by `bench/fit-tone.ts`: one file for both languages, since the features are the same. */
export const toneFile = z.strictObject({
  version: z.string().min(1),
  /** From which probability on a text is hateful, by what the rules say of it. */
  thresholds: z.strictObject({ attack: probability, nothing: probability, excused: probability }),
  bias: z.number(),
  weights: z.record(z.string(), z.number()),
});
export type ToneFile = z.infer<typeof toneFile>;

/** Classes the machinery itself looks for. */
export const builtInClasses = [
  'group', // whom hate may be aimed at
  'slur',
  'slur-aimed',
  'shadow', // phrases in which a group's word names no group ("my wife", "abroad")
  'article', // what stands before an entry written +entry
  'them', // third person plural, where it can only stand for a group named elsewhere
  'clitic', // the same before a verb, where the word is also an article ("les")
  'they-are', // the same with its verb, where the pronoun alone means nothing ("ce sont")
  'you',
  'thing', // what else "they" may stand for
  'negator',
  'contrast', // "but": ends what a frame says
  'relative', // "who": what follows is said of somebody else, so no `~` gap reaches over it
  'mask', // set phrases whose negation negates nothing
  'light', // what may stand between "not" and what it negates
] as const;
