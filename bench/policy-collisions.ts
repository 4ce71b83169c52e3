/**
 * Lists the ordinary words of a word list (one a line, as in /usr/share/dict) that a policy would take for a misspelling of a
 * sensitive word. Those in real use belong into the policy's `common` words.
 * Usage: node bench/policy-collisions.ts <word-list> <fr|en>
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicies, policyLanguages } from '../engine/analyse/embedded/load-policy.ts';
import { sentencesOf } from '../engine/analyse/embedded/tokens.ts';

const [path, named] = process.argv.slice(2);
const language = policyLanguages.find((one) => one === named);
if (!path || !language) {
  console.error('usage: node bench/policy-collisions.ts <word-list> <fr|en>');
  process.exit(2);
}
const policy = loadPolicies(join(import.meta.dirname, '..', 'resources')).policies[language];
// Capitals are names, and names are not spoken of as groups.
const words = readFileSync(path, 'utf8')
  .split(/\r?\n/)
  .filter((word) => /^\p{Ll}+$/u.test(word));
for (const word of words) {
  const tokens = sentencesOf(word).flatMap((sentence) => sentence.tokens);
  const read = policy.respell(tokens).map((token) => token.word);
  if (read.join(' ') !== tokens.map((token) => token.word).join(' ')) console.log(`${word}\t${read.join(' ')}`);
}
