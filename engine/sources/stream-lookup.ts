import { VigieError } from '#shared/errors.ts';
import type { WatchPlatform } from '#shared/model/watch.ts';
import type { Clock } from '../base/clock.ts';
import type { PlatformGet, Presence, Resolver, StreamLookup } from './resolver.ts';

/** A resolver as a capture needs it: an address, an end, or why there is neither. */
export function createStreamLookup(by: {
  platform: WatchPlatform;
  resolver: Resolver;
  get: PlatformGet;
  /** Hears what the platform said, also when it refused. */
  heard?(presence: Presence): void;
  clock: Clock;
}): StreamLookup {
  const { platform, resolver, get, clock } = by;
  return async (account, signal) => {
    const { presence, renditions } = await resolver.streams(account, get, signal);
    by.heard?.(presence);
    if (presence.state === 'en_ligne' && presence.room !== null && renditions.length > 0)
      return { how: 'live', roomId: presence.room.id, streams: renditions };
    if (presence.problem) return { how: 'silent', error: presence.problem };
    if (presence.state === 'bloque') return { how: 'silent', error: blockedError(platform, presence, clock) };
    const { state, reason } = presence;
    if (state === 'en_ligne') {
      const detail = 'the platform offers no stream of this live';
      return { how: 'silent', error: new VigieError('source-unsupported', { source: `@${account.handle}`, detail }) };
    }
    const error = new VigieError('not-live', { account: account.handle, state, reason });
    const over = state === 'hors_ligne' || reason === 'no-such-account';
    return { how: over ? 'over' : 'silent', error };
  };
}

function blockedError(platform: WatchPlatform, { reason, retryAfterMs }: Presence, clock: Clock) {
  const until = retryAfterMs === null ? null : clock.now() + retryAfterMs;
  return new VigieError('platform-blocked', { platform, reason, until });
}
