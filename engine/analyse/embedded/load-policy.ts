import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { compilePolicy, type Policy } from './policy.ts';
import { policyFile } from './policy-schema.ts';

export const policyLanguages = ['fr', 'en'] as const;

export type LoadedPolicies = {
  policies: Record<(typeof policyLanguages)[number], Policy>;
  /** The versions of both files, as kept with every verdict. */
  version: string;
  /** sha256 (hex) of both files' text, line ends as LF, French first: the same bytes on every system. */
  hash: string;
};

/**
 * Reads, checks and compiles `policies/embedded.{fr,en}.yml` under `resourcesDir`.
 * Throws an Error naming the file when it is missing, is not YAML, breaks the schema or names a class that is not there:
 * the policies are part of the program, and a damaged one must stop it, not weaken it.
 */
export function loadPolicies(resourcesDir: string): LoadedPolicies {
  const hash = createHash('sha256');
  const read = (language: (typeof policyLanguages)[number]): Policy => {
    const path = join(resourcesDir, 'policies', `embedded.${language}.yml`);
    try {
      const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
      hash.update(text);
      const parsed = policyFile.safeParse(parse(text));
      if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
      if (parsed.data.language !== language) throw new Error(`it says language: ${parsed.data.language}`);
      return compilePolicy(parsed.data);
    } catch (cause) {
      throw new Error(`policy ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
  const policies = { fr: read('fr'), en: read('en') };
  return { policies, version: `${policies.fr.version}+${policies.en.version}`, hash: hash.digest('hex') };
}
