import type { Clock } from '../../base/clock.ts';
import type { Net } from '../../net/net.ts';
import { createPlatformGet } from '../platform-get.ts';
import type { PlatformGet, Resolver, StreamLookup } from '../resolver.ts';
import { createStreamLookup } from '../stream-lookup.ts';
import type { TikTokOrigins } from './addresses.ts';
import { createShortLinks, type FollowShortLink } from './short-link.ts';
import { createTikTokResolver } from './tiktok-resolver.ts';

/** TikTok as the engine uses it. `elsewhere`: a server of one's own instead of the real hosts, see `EngineOptions.platforms`. */
export function composeTikTok(by: { net: Net; clock: Clock; elsewhere?: TikTokOrigins & { allowPrivate: boolean } }): {
  resolver: Resolver;
  get: PlatformGet;
  lookup: StreamLookup;
  followShortLink: FollowShortLink;
  allowPrivate: boolean;
} {
  const { clock, elsewhere } = by;
  const allowPrivate = elsewhere?.allowPrivate ?? false;
  const resolver = createTikTokResolver({ origins: elsewhere, clock, allowPrivate });
  const get = createPlatformGet(by.net, { allowPrivate });
  const lookup = createStreamLookup({ platform: 'tiktok', resolver, get, clock });
  const followShortLink = createShortLinks({ get, clock, origins: elsewhere });
  return { resolver, get, lookup, followShortLink, allowPrivate };
}
