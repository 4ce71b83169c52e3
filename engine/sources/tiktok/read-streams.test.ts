import { expect, test } from 'vitest';
import { roomFacts, roomInfoBody, type StreamOffer } from '../../../tests/support/tiktok/wire.ts';
import { readRoomInfo } from './read-room.ts';

const id = '7300000000000000001';
const at = (path: string) => `https://pull-flv.example.com/stage/${path}?expire=1780688934&sign=27ae162a`;
const offer = (quality: string, level: number, more: Partial<StreamOffer> = {}): StreamOffer => ({
  quality,
  level,
  bitrate: 0,
  flv: at(`${quality}.flv`),
  hls: at(`${quality}.m3u8`),
  ...more,
});
const offered = (streams: StreamOffer[], form: 'sdk' | 'legacy' = 'sdk', allowPrivate = false) =>
  readRoomInfo(roomInfoBody(roomFacts({ streams }), form), id, allowPrivate).renditions;
const names = (streams: StreamOffer[], form?: 'sdk' | 'legacy') =>
  offered(streams, form).map(({ url }) => new URL(url).pathname.slice('/stage/'.length));

test('sound alone comes first, then the smallest picture; of each FLV before HLS', () => {
  const all = [offer('origin', 10), offer('hd', 3), offer('ld', 1, { hls: '' }), offer('ao', -1, { hls: '' })];
  expect(names(all)).toEqual(['ao.flv', 'ld.flv', 'hd.flv', 'hd.m3u8', 'origin.flv', 'origin.m3u8']);
  expect(offered(all)[0]).toEqual({
    url: at('ao.flv'),
    protocol: 'flv',
    quality: 'ao',
    audio: true,
    expiresAt: 1_780_688_934_000,
  });
});

test('where the platform gives a quality no level, the known order of all of them counts', () => {
  expect(names([offer('uhd', 0), offer('sd', 99), offer('ld', 0)])).toEqual([
    'ld.flv',
    'ld.m3u8',
    'sd.flv',
    'sd.m3u8',
    'uhd.flv',
    'uhd.m3u8',
  ]);
});

test('of qualities that nobody knows, the smaller one', () =>
  expect(names([offer('x', 0, { bitrate: 900_000, hls: '' }), offer('y', 0, { bitrate: 100_000, hls: '' })])).toEqual([
    'y.flv',
    'x.flv',
  ]));

test('the older form of the answer', () => {
  expect(names([offer('origin', 10), offer('sd', 2)], 'legacy')).toEqual([
    'sd.flv',
    'sd.m3u8',
    'origin.flv',
    'origin.m3u8',
  ]);
});

test.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'rtmp://pull.example.com/live',
  'concat:http://a|http://b',
  'http://127.0.0.1/a.flv',
  'http://[::1]/a.flv',
  'http://[::ffff:10.0.0.1]/a.flv',
  'http://169.254.169.254/latest/meta-data',
  'http://2130706433/a.flv',
  'http://0x7f.1/a.flv',
  'http://localhost/a.flv',
  'http://live.localhost./a.flv',
  'https://user:secret@pull.example.com/a.flv',
  `https://pull.example.com/${'a'.repeat(5_000)}`,
  'not an address',
  '',
])('%s is not a place to hear a live', (flv) => expect(offered([offer('ao', -1, { flv, hls: '' })])).toEqual([]));

test('only a test may let the platform name this machine', () =>
  expect(offered([offer('ao', -1, { flv: 'http://127.0.0.1:8080/a.flv', hls: '' })], 'sdk', true)).toHaveLength(1));

test.each([
  ['?expire=1780688934', 1_780_688_934_000],
  ['?expire=178068893', null],
  ['?expire=17806889340', null],
  ['?expire=never', null],
  ['', null],
])('expiry of %j', (query, expiresAt) =>
  expect(offered([offer('ao', -1, { flv: `https://a.example.com/x${query}`, hls: '' })])[0]).toMatchObject({
    expiresAt,
  }),
);

test('stream_data that is no JSON offers nothing', () => {
  const body = roomInfoBody(roomFacts({ streams: [offer('ao', -1)] }));
  expect(readRoomInfo(body, id, false).renditions).toHaveLength(2);
  const broken = body.replace('"stream_data":"', '"stream_data":"{broken');
  expect(readRoomInfo(broken, id, false)).toMatchObject({ state: 'en_ligne', renditions: [] });
});
