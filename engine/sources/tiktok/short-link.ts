import { VigieError } from '#shared/errors.ts';
import { type Account, parseAccount } from '#shared/model/account.ts';
import type { Clock } from '../../base/clock.ts';
import type { PlatformGet } from '../resolver.ts';
import { addressesOf, type TikTokOrigins, tiktokOrigins } from './addresses.ts';
import { readPatience, readRefusal } from './refusal.ts';

const mostHops = 3;

/** Finds whom a short link of the phone's app (`vm.tiktok.com/…`) leads to. */
export type FollowShortLink = (link: string, signal: AbortSignal) => Promise<Account | null>;

/**
 * Asks the platform where the link sends, and never goes there: the account stands in the address. null when it names none.
 * Rejects with `platform-blocked` and the network's errors.
 */
export function createShortLinks(by: { get: PlatformGet; clock: Clock; origins?: TikTokOrigins }): FollowShortLink {
  const at = addressesOf(by.origins ?? tiktokOrigins);
  return async (link, signal) => {
    let next = link;
    for (let hop = 0; hop < mostHops; hop += 1) {
      const answer = await by.get(at.shortLink(next), signal);
      answer.discard();
      const { status, headers } = answer;
      const refused = status >= 300 && status < 400 ? null : readRefusal({ status, retryAfter: null, text: 'unread' });
      if (refused) {
        const patienceMs = readPatience(headers['retry-after'] ?? null, by.clock.now());
        const until = patienceMs === null ? null : by.clock.now() + patienceMs;
        throw new VigieError('platform-blocked', { platform: 'tiktok', reason: refused.reason, until });
      }
      const led = parseAccount(addressIn(headers.location ?? '', next));
      if ('account' in led) return led.account;
      if (led.problem !== 'short-link') return null;
      next = led.link;
    }
    return null;
  };
}

/** A word alone would read as a name: what the platform says is taken as the address that it is. */
const addressIn = (location: string, from: string): string =>
  location !== '' && URL.canParse(location, from) ? new URL(location, from).href : '';
