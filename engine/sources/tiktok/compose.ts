import type { Clock } from '../../base/clock.ts';
import type { Net } from '../../net/net.ts';
import { type Budget, freshBudget } from '../budget.ts';
import { createPlatformGate, type PlatformGate } from '../platform-gate.ts';
import { createPlatformGet } from '../platform-get.ts';
import type { Resolver, StreamLookup } from '../resolver.ts';
import { createStreamLookup } from '../stream-lookup.ts';
import type { TikTokOrigins } from './addresses.ts';
import { createShortLinks, type FollowShortLink } from './short-link.ts';
import { createTikTokResolver } from './tiktok-resolver.ts';

const inMemory = { load: () => freshBudget, save: () => undefined };

/** TikTok as the engine uses it. `elsewhere`: a server of one's own instead of the real hosts, see `EngineOptions.platforms`. */
export function composeTikTok(by: {
  net: Net;
  clock: Clock;
  elsewhere?: TikTokOrigins & { allowPrivate: boolean };
  /** Where the budget is kept; in memory alone when absent. */
  budget?: { load(): Budget; save(budget: Budget): void };
}): {
  resolver: Resolver;
  gate: PlatformGate;
  lookup: StreamLookup;
  followShortLink: FollowShortLink;
  allowPrivate: boolean;
} {
  const { clock, elsewhere } = by;
  const allowPrivate = elsewhere?.allowPrivate ?? false;
  const resolver = createTikTokResolver({ origins: elsewhere, clock, allowPrivate });
  const get = createPlatformGet(by.net, { allowPrivate });
  // Detection, captures and short links all wait for their turn in one budget, captures before the others.
  const gate = createPlatformGate({ platform: 'tiktok', get, clock, ...(by.budget ?? inMemory) });
  const lookup = createStreamLookup({
    platform: 'tiktok',
    resolver,
    get: gate.getForCapture,
    heard: gate.heard,
    clock,
  });
  const followShortLink = createShortLinks({ get: gate.get, clock, origins: elsewhere });
  return { resolver, gate, lookup, followShortLink, allowPrivate };
}
