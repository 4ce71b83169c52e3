import { z } from 'zod';
import { id } from '../ids.ts';

/** Most words of a glossary, and the longest one. */
export const mostTerms = 100;
export const longestTerm = 60;

/** A name or a word that the recogniser should expect: one line, no control characters. */
const term = z
  .string()
  .trim()
  .min(1)
  .max(longestTerm)
  .regex(/^[^\p{C}]+$/u);

export const caseFields = z.object({
  title: z.string().trim().min(1).max(200),
  /** Why somebody is listened to. */
  purpose: z.string().max(2000),
  /** On what ground (GDPR art. 6, DSA, a mandate). */
  legalBasis: z.string().max(2000),
  /** Epoch ms after which the case has no ground any more; null: none was set. */
  expiresAt: z.number().int().nullable(),
  glossary: z.array(term).max(mostTerms),
  /** Sound of its lives may be sent to the speech server of the settings. */
  remoteSpeech: z.boolean(),
});
export type CaseFields = z.infer<typeof caseFields>;

/** Why and on what ground lives are listened to, and what their recogniser should know. */
export const moderationCase = caseFields.extend({
  id,
  createdAt: z.number().int(),
  /** null while it is open. A closed case takes no new live and sends nothing away. */
  closedAt: z.number().int().nullable(),
  lives: z.number().int(),
});
export type Case = z.infer<typeof moderationCase>;

/** Words typed in one field, apart at commas, semicolons and line ends; doubles (whatever their case) only once. */
export function parseGlossary(text: string): string[] {
  const seen = new Set<string>();
  return text
    .split(/[,;\n]/)
    .map((word) => word.replace(/\s+/g, ' ').trim())
    .filter((word) => word !== '' && !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()));
}
