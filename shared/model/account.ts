import type { WatchPlatform } from './watch.ts';

/** An account as a person named it. `handle` keeps their spelling, without `@`; compare it without case. */
export type Account = { platform: WatchPlatform; handle: string };

export type AccountProblem = 'not-an-account' | 'other-platform' | 'short-link';

type Parsed =
  | { account: Account }
  | { problem: Exclude<AccountProblem, 'short-link'> }
  /** `link`: its whole address. */
  | { problem: 'short-link'; link: string };
export type ParsedAccount = { text: string } & Parsed;

/** What TikTok lets people choose: 2 to 24 of Latin letters, figures, `_` and `.`, the last one no `.`. */
const handlePattern = /^[a-z0-9_.]{1,23}[a-z0-9_]$/i;
/** Marks that copying from chats and pages brings along and that nobody sees: zero-width, direction, byte order. */
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
/** Punctuation that stands around an address in a sentence. */
const around = /^[<("'«“‘[]+|[>)"'»”’\].,;:!?…]+$/g;
const longestText = 2_048;

/** How much of a text a refusal quotes, in characters. */
export const quotedLength = 300;

/** The address of an account's page, as the platform writes it. */
export const accountUrl = ({ handle }: Account): string => `https://www.tiktok.com/@${handle}`;

/**
 * Reads `@name`, `name` or any form of the platform's address. A short link (`vm.tiktok.com/…`) names nobody by itself: it is told
 * apart, to be followed by whoever may use the network.
 */
export function parseAccount(typed: string): ParsedAccount {
  const text = typed.slice(0, quotedLength);
  if (typed.length > longestText) return { text, problem: 'not-an-account' };
  const plain = typed
    .replace(invisible, '')
    .trim()
    .replace(around, '')
    .replace(/^\uFF20/, '@');
  const address = /^(?:(https?):)?\/\/|^(?:[a-z0-9-]+\.)*tiktok\.com(?=[/:?#]|$)/i.exec(plain);
  if (address) return { text, ...fromAddress(plain.replace(/^(?:https?:)?\/\//i, '')) };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(plain)) return { text, problem: 'other-platform' };
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//i.test(plain)) return { text, problem: 'other-platform' };
  const handle = plain.replace(/^@/, '');
  return handlePattern.test(handle)
    ? { text, account: { platform: 'tiktok', handle } }
    : { text, problem: 'not-an-account' };
}

/** Every account of a pasted list, however separated, each one once. */
export function parseAccounts(typed: string): ParsedAccount[] {
  const seen = new Set<string>();
  return typed
    .split(/[\s,;|]+/u)
    .filter((each) => each.replace(invisible, '') !== '')
    .map(parseAccount)
    .filter((each) => {
      const key = 'account' in each ? each.account.handle.toLowerCase() : `refused ${each.text}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** `rest`: an address without its scheme. The host decides first, so that no other site passes for the platform. */
function fromAddress(rest: string): Parsed {
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
  const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
  if (host !== 'tiktok.com' && !host.endsWith('.tiktok.com')) return { problem: 'other-platform' };
  const path = rest.slice(authority.length).replace(/[?#].*$/s, '');
  const code = (/^(?:vm|vt)\./.test(host) ? /^\/+[a-z0-9]+/i : /^\/+t\/[a-z0-9]+/i).exec(path)?.[0];
  if (code !== undefined) return { problem: 'short-link', link: `https://${host}${code.replace(/^\/+/, '/')}/` };
  const first = /^\/+(?:@|%40)([^/\\]*)/i.exec(path)?.[1] ?? '';
  const handle = first.replace(/[^a-z0-9_.].*$/is, '').replace(/\.+$/, '');
  // What follows a name in the same part of the path is junk of the sentence, unless it is a letter that only looks Latin.
  const junk = first.slice(handle.length);
  const fits = handlePattern.test(handle) && !/[\p{L}\p{N}%]/u.test(junk);
  return fits ? { account: { platform: 'tiktok', handle } } : { problem: 'not-an-account' };
}
