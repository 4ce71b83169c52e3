import { type Reading, reading } from './reading.ts';

/** An answer of the platform, read whole. */
export type Answer = { status: number; retryAfter: string | null; text: string };

const longestPatienceMs = 24 * 3_600_000;

/** How a page reads that checks whether a person sits here. Only looked for in an answer that holds nothing readable. */
const challenges = [
  'Please wait...',
  'SlardarWAF',
  '_wafchallengeid',
  'waforiginalreid',
  'captcha_verify',
  'verify-bar-close',
];
const followersOnly = ['Follow the creator to watch their LIVE'];
const privateAccount = ['This account is private'];

/** What the status of an answer, or its emptiness, says by itself: the platform refuses to talk. null: the body is to be read. */
export function readRefusal(answer: Answer): Reading | null {
  if (answer.status === 429) return reading('bloque', 'rate-limited');
  if (answer.status >= 300 && answer.status < 400) return reading('bloque', 'redirected');
  if (answer.status === 401 || answer.status === 403 || answer.status === 451) return reading('bloque', 'refused');
  if (answer.status >= 500) return reading(null, 'platform-error');
  if (answer.status === 200 && answer.text.trim() === '') return reading('bloque', 'empty-answer');
  return null;
}

/** Pages that refuse are short; one with megabytes in it may say any of these words somewhere. */
const longestRefusal = 128 * 1024;

/** What an answer that holds nothing readable is, by the words in it. */
export function readWords(text: string): Reading {
  if (text.length > longestRefusal) return reading(null, 'unreadable-answer');
  const says = (marks: readonly string[]) => marks.some((mark) => text.includes(mark));
  if (says(challenges)) return reading('bloque', 'challenge-page');
  if (says(followersOnly)) return reading('prive', 'followers-only');
  if (says(privateAccount)) return reading('prive', 'private-account');
  return reading(null, 'unreadable-answer');
}

/** Retry-After (RFC 9110 10.2.3): seconds or a date, as ms from now, at most a day. */
export function readPatience(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  const text = retryAfter.trim();
  const date = /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : date - now;
  return Number.isFinite(ms) ? Math.min(longestPatienceMs, Math.max(0, ms)) : null;
}
