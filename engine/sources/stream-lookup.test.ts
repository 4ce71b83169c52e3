import { expect, test } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import type { PresenceReason, WatchState } from '#shared/model/watch.ts';
import { createClockDouble } from '../base/clock-double.ts';
import type { Presence, Rendition } from './resolver.ts';
import { createStreamLookup } from './stream-lookup.ts';

const clock = createClockDouble();
const rendition: Rendition = {
  url: 'https://a.example/x',
  protocol: 'flv',
  quality: 'ao',
  audio: true,
  expiresAt: null,
};
const room = { id: '7300000000000000001', title: null, viewers: null, startedAt: null };
const said = (state: WatchState, reason: PresenceReason, more: Partial<Presence> = {}): Presence => ({
  state,
  reason,
  room: null,
  displayName: null,
  followers: null,
  retryAfterMs: null,
  problem: null,
  ...more,
});
const offline = new VigieError('network-failed', { host: 'tiktok.com', detail: 'ENOTFOUND' });

test.each([
  ['on air', said('en_ligne', 'on-air', { room }), [rendition], { how: 'live', roomId: room.id, streams: [rendition] }],
  [
    'on air, nothing to hear',
    said('en_ligne', 'on-air', { room }),
    [],
    { how: 'silent', error: { code: 'source-unsupported' } },
  ],
  [
    'off air',
    said('hors_ligne', 'room-ended'),
    [],
    { how: 'over', error: { code: 'not-live', data: { account: 'lea', reason: 'room-ended' } } },
  ],
  ['gone', said('inconnu', 'no-such-account'), [], { how: 'over' }],
  ['paused', said('actif', 'room-idle', { room }), [], { how: 'silent', error: { code: 'not-live' } }],
  [
    'followers only',
    said('prive', 'followers-only'),
    [],
    { how: 'silent', error: { data: { reason: 'followers-only' } } },
  ],
  [
    'blocked',
    said('bloque', 'challenge-page'),
    [],
    { how: 'silent', error: { code: 'platform-blocked', data: { until: null } } },
  ],
  [
    'blocked for a while',
    said('bloque', 'rate-limited', { retryAfterMs: 5_000 }),
    [],
    { how: 'silent', error: { code: 'platform-blocked', data: { until: clock.now() + 5_000 } } },
  ],
  ['not reached', said('inconnu', 'unreachable', { problem: offline }), [], { how: 'silent', error: offline }],
])('%s', async (_, presence, renditions, expected) => {
  const answer = { presence, renditions, steps: [] };
  const resolver = { presence: () => Promise.resolve(answer), streams: () => Promise.resolve(answer) };
  const get = () => Promise.reject(new Error('not asked'));
  const lookup = createStreamLookup({ platform: 'tiktok', resolver, get, clock });
  expect(await lookup({ handle: 'lea', roomId: null }, new AbortController().signal)).toMatchObject(expected);
});
