import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { compilePolicy, type Policy } from './policy.ts';
import { policyFile, toneFile, wordsFile, type ToneFile } from './policy-schema.ts';

export const policyLanguages = ['fr', 'en'] as const;

export type LoadedPolicies = {
  policies: Record<(typeof policyLanguages)[number], Policy>;
  tone: ToneFile;
  /** The versions of the files, as kept with every verdict. */
  version: string;
  /** sha256 (hex) of the files' text, line ends as LF, French first: the same bytes on every system. */
  hash: string;
};

/**
 * Reads, checks and compiles `policies/{embedded,words}.{fr,en}.yml` and `policies/tone.yml` under `resourcesDir`.
 * Throws an Error naming the file when it is missing, is not YAML, breaks the schema or names a class that is not there:
 * the policies are part of the program, and a damaged one must stop it, not weaken it.
 */
export function loadPolicies(resourcesDir: string): LoadedPolicies {
  const hash = createHash('sha256');
  /** The data of one file, its bytes counted into the hash. */
  function read<T extends object>(name: string, schema: z.ZodType<T>, language?: string): T {
    const path = join(resourcesDir, 'policies', name);
    try {
      const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
      hash.update(text);
      const parsed = schema.safeParse(parse(text));
      if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
      if ('language' in parsed.data && parsed.data.language !== language)
        throw new Error(`it says language: ${String(parsed.data.language)}`);
      return parsed.data;
    } catch (cause) {
      throw new Error(`policy ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  function compile(language: (typeof policyLanguages)[number]): Policy {
    const name = `embedded.${language}.yml`;
    const rules = read(name, policyFile, language);
    const words = read(`words.${language}.yml`, wordsFile, language);
    try {
      return compilePolicy(rules, words);
    } catch (cause) {
      throw new Error(
        `policy ${join(resourcesDir, 'policies', name)}: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
  }
  const policies = { fr: compile('fr'), en: compile('en') };
  const tone = read('tone.yml', toneFile);
  return {
    policies,
    tone,
    version: [...Object.values(policies).map((policy) => policy.version), tone.version].join('+'),
    hash: hash.digest('hex'),
  };
}
