import { describe, expect, test } from 'vitest';
import * as wire from '../../../tests/support/tiktok/wire.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { readPage } from './read-page.ts';
import { readApiLive, readCheckAlive, readLiveDetail, readRoomInfo } from './read-room.ts';
import { readPatience, readRefusal } from './refusal.ts';

const id = '7300000000000000001';
const at = (path: string) => `https://pull-flv.example.com/stage/${path}?expire=1780688934&sign=27ae162a`;
const streams: wire.StreamOffer[] = [
  { quality: 'origin', level: 10, bitrate: 3_000_000, flv: at('o.flv'), hls: at('o.m3u8') },
  { quality: 'ld', level: 1, bitrate: 500_000, flv: at('ld.flv'), hls: at('ld.m3u8') },
  { quality: 'ao', level: -1, bitrate: 0, flv: at('ao.flv'), hls: '' },
  { quality: 'sd', level: 2, bitrate: 800_000, flv: at('sd.flv'), hls: '' },
];
const live = wire.roomFacts({ streams });
const ended = wire.roomFacts({ status: 4 });
const page = (html: string) => readPage(html, 'Lea.Cuisine', false);
const api = (text: string) => readApiLive(text, 'lea.cuisine', false);
const alive = (text: string) => readCheckAlive(text, id);
const detail = (text: string) => readLiveDetail(text, id);
const info = (text: string) => readRoomInfo(text, id, false);

const told = {
  roomId: id,
  title: 'On cuisine ensemble',
  viewers: 312,
  startedAt: 1_780_000_000_000,
  displayName: 'Léa 🍲',
};

describe('an account on air', () => {
  test.each([
    ['page', page(wire.sigiPage(live)), { ...told, followers: 15_204 }],
    ['api-live', api(wire.apiLiveBody(live)), { ...told, followers: 15_204 }],
    ['room info', info(wire.roomInfoBody(live)), told],
    [
      'live detail',
      detail(wire.liveDetailBody(live)),
      { roomId: id, title: told.title, displayName: told.displayName },
    ],
    ['check_alive', alive(wire.checkAliveBody([{ id, alive: true }])), { roomId: id }],
  ])('%s', (_, found, facts) => expect(found).toMatchObject({ state: 'en_ligne', reason: 'on-air', ...facts }));

  test.each([
    ['the page of a profile', wire.universalPage(live), 'Léa 🍲'],
    ['the address for the phone’s app', wire.androidPage(id), null],
  ])('%s only names the room', (_, html, displayName) =>
    expect(page(html)).toMatchObject({ state: null, roomId: id, displayName }),
  );

  test('a newer page may hold the same room in its other script', () => {
    const state = /SIGI_STATE" type="application\/json">(.*?)<\/script>/.exec(wire.sigiPage(live))?.[1] ?? '';
    const { LiveRoom } = JSON.parse(state) as { LiveRoom: object };
    const scope = JSON.stringify({ __DEFAULT_SCOPE__: { 'webapp.something': { x: 1 }, 'webapp.live': LiveRoom } });
    const html = `<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__">${scope.replaceAll('<', '\\u003C')}</script>`;
    expect(page(html)).toMatchObject({ state: 'en_ligne', roomId: id });
  });
});

test.each([
  ['page: ended', page(wire.sigiPage(ended)), 'hors_ligne', 'room-ended'],
  ['page: never live', page(wire.sigiPage(wire.roomFacts({ roomId: null, status: 4 }))), 'hors_ligne', 'not-live'],
  ['page: paused', page(wire.sigiPage(wire.roomFacts({ status: 3 }))), 'actif', 'room-idle'],
  ['page: private', page(wire.sigiPage(wire.roomFacts({ secret: true, status: 4 }))), 'prive', 'private-account'],
  ['page: followers only', page(wire.sigiPage(wire.roomFacts({ secret: true }))), 'prive', 'followers-only'],
  ['page: age', page(wire.sigiPage(wire.roomFacts({ ageGate: true }))), 'restreint', 'age-or-login'],
  ['page: on air though private', page(wire.sigiPage({ ...live, secret: true })), 'en_ligne', 'on-air'],
  ['page: challenge', page(wire.challengePage()), 'bloque', 'challenge-page'],
  ['page: no such account', page(wire.emptySigiPage()), null, 'unreadable-answer'],
  ['page: somebody else', page(wire.sigiPage({ ...live, handle: 'other' })), null, 'unreadable-answer'],
  [
    'page: a title that names the challenge',
    page(wire.sigiPage({ ...ended, title: 'Please wait... SlardarWAF' })),
    'hors_ligne',
    'room-ended',
  ],
  ['api-live: ended', api(wire.apiLiveBody(ended)), 'hors_ligne', 'room-ended'],
  ['api-live: nobody', api(wire.noSuchUserBody()), 'inconnu', 'no-such-account'],
  ['api-live: an error', api('{"statusCode":10101,"data":{}}'), null, 'platform-error'],
  ['api-live: a challenge page', api(wire.challengePage()), 'bloque', 'challenge-page'],
  ['api-live: nothing in it', api('{"statusCode":0}'), null, 'unreadable-answer'],
  ['check_alive: no', alive(wire.checkAliveBody([{ id, alive: false }])), 'hors_ligne', 'room-ended'],
  ['check_alive: an empty list', alive(wire.checkAliveBody([])), 'hors_ligne', 'room-ended'],
  [
    'check_alive: another room',
    alive(wire.checkAliveBody([{ id: '7399999999999999999', alive: true }])),
    null,
    'unreadable-answer',
  ],
  ['check_alive: no list', alive('{"data":{"alive":true},"status_code":0}'), null, 'unreadable-answer'],
  ['check_alive: wrong type', alive('{"data":[{"alive":"true"}],"status_code":0}'), null, 'unreadable-answer'],
  ['check_alive: an error', alive('{"data":[],"status_code":20003}'), null, 'platform-error'],
  ['live detail: ended', detail(wire.liveDetailBody(ended)), 'hors_ligne', 'room-ended'],
  ['live detail: nothing', detail('{"status_code":0}'), null, 'unreadable-answer'],
  ['room info: ended', info(wire.roomInfoBody(ended)), 'hors_ligne', 'room-ended'],
  ['room info: restricted', info(wire.restrictedBody()), 'restreint', 'age-or-login'],
  ['room info: followers only', info(wire.followersOnlyBody()), 'prive', 'followers-only'],
  [
    'room info: another room',
    info(wire.roomInfoBody({ ...live, roomId: '7399999999999999999' })),
    null,
    'unreadable-answer',
  ],
  ['room info: no status', info('{"data":{"title":"x"},"status_code":0}'), null, 'unreadable-answer'],
])('%s', (_, found, state, reason) => expect(found).toMatchObject({ state, reason }));

test('what the platform refuses by status or by silence is never an account off air', () => {
  const refusal = (status: number, text = '') => readRefusal({ status, text, retryAfter: null })?.reason ?? null;
  expect([302, 301, 307].map((status) => refusal(status))).toEqual(['redirected', 'redirected', 'redirected']);
  expect([401, 403, 451].map((status) => refusal(status))).toEqual(['refused', 'refused', 'refused']);
  expect([429, 500, 503, 200].map((status) => refusal(status))).toEqual([
    'rate-limited',
    'platform-error',
    'platform-error',
    'empty-answer',
  ]);
  expect(refusal(200, ' \n')).toBe('empty-answer');
  expect([refusal(200, '{}'), refusal(404, ''), refusal(404, 'x')]).toEqual([null, null, null]);
});

test.each([
  [null, null],
  ['120', 120_000],
  [' 0 ', 0],
  ['Wed, 21 Oct 2026 07:30:00 GMT', 120_000],
  ['Wed, 21 Oct 2020 07:30:00 GMT', 0],
  ['999999999', 86_400_000],
  ['soon', null],
  ['-5', null],
  ['1e9', null],
])('Retry-After %j', (text, ms) => expect(readPatience(text, Date.UTC(2026, 9, 21, 7, 28))).toBe(ms));

/** Every reader with every broken form of a good answer: nothing throws, nothing is taken for certain. */
const readers = { page, api, alive, detail, info };
const good: Record<keyof typeof readers, string> = {
  page: wire.sigiPage(live),
  api: wire.apiLiveBody(live),
  alive: wire.checkAliveBody([{ id, alive: true }]),
  detail: wire.liveDetailBody(live),
  info: wire.roomInfoBody(live),
};
test.each(Object.keys(readers) as (keyof typeof readers)[])('%s: an answer cut anywhere tells nothing', (name) => {
  for (let share = 1; share < 20; share += 1) {
    // A page is whole for us when the script with its state is.
    const end = name === 'page' ? good.page.indexOf('</script>') : good[name].length;
    const found = readers[name](good[name].slice(0, Math.floor((end * share) / 20)));
    expect(found.state, `${share}/20`).toBeNull();
  }
});
test.each(Object.keys(readers) as (keyof typeof readers)[])('%s: values of other types tell nothing', (name) => {
  for (const other of ['null', '[]', '"x"', '1', 'true', '{"a":1}']) {
    const text = good[name].replaceAll(/"(data|LiveRoom|LiveRoomInfo|liveRoomUserInfo)":/g, `"$1":${other},"_":`);
    // An empty list is how check_alive says no.
    if (name !== 'alive' || other !== '[]') expect(readers[name](text).state, other).toBeNull();
    const direct = name === 'page' ? `<script id="SIGI_STATE">${other}</script>` : other;
    expect(readers[name](direct).state, direct).toBeNull();
  }
});

test('two thousand damaged answers: nothing throws, and no address leaves the public internet', () => {
  const random = seededRandom(7);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const damage = [
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    'null',
    '\u0000',
    '\uD800',
    '__proto__',
    '127.0.0.1',
    'file:',
    '</script>',
  ];
  for (let round = 0; round < 2_000; round += 1) {
    const name = pick(Object.keys(readers) as (keyof typeof readers)[]);
    let text = good[name];
    for (let wounds = 0; wounds < 3; wounds += 1) {
      const at = Math.floor(random() * text.length);
      text = text.slice(0, at) + pick(damage) + text.slice(at + Math.floor(random() * 8));
    }
    const found = readers[name](text);
    for (const { url } of found.renditions) expect(new URL(url).host, text).not.toMatch(/^(127\.|localhost)/);
    expect(found.title?.length ?? 0).toBeLessThanOrEqual(300);
  }
});

test('hostile text is bounded and loses what would hide or turn it', () => {
  const title = `a\u202Eb\u0000c${'x'.repeat(2_000_000)}`;
  const found = page(wire.sigiPage({ ...live, title, nickname: '\u200B\n' }));
  expect(found).toMatchObject({ state: 'en_ligne', displayName: null });
  expect(found.title).toMatch(/^a b c/);
  expect(found.title?.length).toBe(300);
  expect(page(wire.sigiPage({ ...live, title: 'x'.repeat(5_000_000) })).state).toBeNull();
});

test('keys that are names in every object change nothing', () => {
  const text = '{"__proto__":{"statusCode":0},"constructor":{"data":1},"statusCode":19881007}';
  expect(api(text)).toMatchObject({ reason: 'no-such-account' });
  const evil = wire.apiLiveBody(live).replace('\\"ao\\":', '\\"__proto__\\":');
  expect(api(evil)).toMatchObject({ state: 'en_ligne' });
  expect(({} as { main?: unknown }).main).toBeUndefined();
});

test.each([
  ['no status, no room', { roomId: '' }, 'hors_ligne'],
  ['a status that nobody knows, no room', { roomId: '0', status: 0 }, 'hors_ligne'],
  ['a status under another name', { roomId: id, state: 2 }, null],
  ['a room under another name', { room_id: id, status: 3 }, null],
  ['both under other names', { room_id: id, state: 2 }, null],
  ['on air without a room', { roomId: '', status: 2 }, null],
])('fields that come and go: %s', (_, fields, state) =>
  expect(api(JSON.stringify({ statusCode: 0, data: { user: { uniqueId: 'lea.cuisine', ...fields } } })).state).toBe(
    state,
  ),
);

test('an id that a JSON number has rounded is no id', () => {
  const text = wire.apiLiveBody(live).replaceAll(`"roomId":"${id}"`, `"roomId":${id}`);
  expect(api(text)).toMatchObject({ state: null, roomId: null });
  for (const odd of ['0', '-1', '1e9', '../../x', '7'.repeat(40)])
    expect(api(wire.apiLiveBody({ ...live, roomId: odd })).roomId, odd).toBeNull();
});
