import { expect, test } from 'vitest';
import { chooseRendition } from './choose-rendition.ts';
import { parsePlaylist } from './playlist.ts';
import { whatIsNew, whereToStart } from './position.ts';
import type { MasterPlaylist, MediaPlaylist } from './types.ts';

const base = 'https://cdn.example/live/a/list.m3u8?token=1';
const media = (...lines: string[]) =>
  parsePlaylist(['#EXTM3U', '#EXT-X-TARGETDURATION:6', ...lines].join('\n'), base) as MediaPlaylist;
const master = (...lines: string[]) => parsePlaylist(['#EXTM3U', ...lines].join('\r\n'), base) as MasterPlaylist;

test('a media playlist with everything in it', () => {
  const found = media(
    '#EXT-X-MEDIA-SEQUENCE:41',
    '#EXT-X-MAP:URI="init.mp4",BYTERANGE="720@0"',
    '# a remark',
    '#EXT-X-SOMETHING-NEW:1',
    '#EXTINF:5.9941,title, with a comma',
    '#EXT-X-BYTERANGE:100@720',
    'all.mp4',
    '#EXTINF:6',
    '#EXT-X-BYTERANGE:50',
    'all.mp4',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-KEY:METHOD=AES-128,URI="/k",IV=0x000102030405060708090A0B0C0D0E0F',
    '#EXTINF:1,',
    '../b/x.ts?y=1',
    '#EXT-X-KEY:METHOD=NONE',
    '#EXT-X-GAP',
    '#EXTINF:2,',
    'https://other.example/z.ts',
    '#EXT-X-ENDLIST',
  );
  expect(found).toMatchObject({ targetDurationMs: 6000, mediaSequence: 41, ended: true });
  const map = { url: 'https://cdn.example/live/a/init.mp4', byteRange: { from: 0, length: 720 } };
  const plain = { discontinuity: false, gap: false, byteRange: null, key: null, map };
  const all = 'https://cdn.example/live/a/all.mp4';
  expect(found.segments).toEqual([
    { ...plain, sequence: 41, url: all, durationMs: 5994, byteRange: { from: 720, length: 100 } },
    { ...plain, sequence: 42, url: all, durationMs: 6000, byteRange: { from: 820, length: 50 } },
    {
      ...plain,
      sequence: 43,
      url: 'https://cdn.example/live/b/x.ts?y=1',
      durationMs: 1000,
      discontinuity: true,
      key: { url: 'https://cdn.example/k', iv: Uint8Array.from({ length: 16 }, (_, index) => index) },
    },
    { ...plain, sequence: 44, url: 'https://other.example/z.ts', durationMs: 2000, gap: true },
  ]);
});

test.each([
  ['no header', 'hello', 'playlist-invalid', 'not-m3u'],
  ['no target duration', '#EXTM3U\n#EXTINF:1,\na', 'playlist-invalid', 'no-target-duration'],
  ['a segment without its length', '#EXTM3U\n#EXT-X-TARGETDURATION:1\na', 'playlist-invalid', 'line 3'],
  ['a negative length', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:-1,\na', 'playlist-invalid', 'line 3: duration'],
  ['a length that is no number', '#EXTM3U\n#EXT-X-TARGETDURATION:NaN', 'playlist-invalid', 'line 2'],
  [
    'a range without a start',
    '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n#EXT-X-BYTERANGE:5\na',
    'playlist-invalid',
    'line 5',
  ],
  [
    'a key of the wrong size',
    '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-KEY:METHOD=AES-128,URI="k",IV=12',
    'playlist-invalid',
    'line 3',
  ],
  ['a file', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd', 'address-refused', 'file:'],
  ['javascript', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\njavascript:1', 'address-refused', 'javascript:'],
  [
    'DRM',
    '#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,KEYFORMAT="x",URI="data:y"',
    'source-unsupported',
    'SAMPLE-AES-CTR',
  ],
])('%s is refused', (_, text, code, detail) => {
  const error = (() => {
    try {
      return parsePlaylist(text, base);
    } catch (caught) {
      return caught;
    }
  })();
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toContain(detail);
});

const stream = (bandwidth: number, rest: string, address: string) =>
  `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth}${rest}\n${address}`;
test.each([
  ['the lowest', [stream(300, '', 'c'), stream(100, '', 'a'), stream(200, '', 'b')], 'a'],
  [
    'sound alone, be it more',
    [stream(100, ',CODECS="avc1.1,mp4a.40.2"', 'a'), stream(128, ',CODECS="mp4a.40.2"', 's')],
    's',
  ],
  ['not pictures alone', [stream(100, ',CODECS="avc1.1"', 'a'), stream(200, ',CODECS="avc1.1,mp4a.40.2"', 'b')], 'b'],
  [
    'the default sound',
    [
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="en",URI="en"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="fr",DEFAULT=YES,URI="fr"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="g",NAME="s",DEFAULT=YES,URI="subs"',
      stream(100, ',CODECS="avc1.1,mp4a.40.2",AUDIO="g"', 'a'),
    ],
    'fr',
  ],
  [
    'sound inside the variant',
    ['#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="fr",DEFAULT=YES', stream(100, ',AUDIO="g"', 'a')],
    'a',
  ],
])('of several renditions: %s', (_, lines, expected) =>
  expect(chooseRendition(master(...lines))).toBe(`https://cdn.example/live/a/${expected}`),
);

test('pictures alone have no sound to choose', () =>
  expect(chooseRendition(master(stream(1, ',CODECS="hvc1.1"', 'a')))).toBeNull());

const window = (from: number, count: number) =>
  media(
    `#EXT-X-MEDIA-SEQUENCE:${from}`,
    ...Array.from({ length: count }, (_, index) => `#EXTINF:6,\n${from + index}.ts`),
  );

test('a live begins three segments from its end', () => {
  expect(whereToStart(window(100, 8))).toBe(105);
  expect(whereToStart(window(100, 2))).toBe(100);
});

test.each([
  ['the next one', window(100, 5), 104, 6_000, [104], 0],
  ['nothing', window(100, 5), 105, 6_000, [], 0],
  ['three left the list', window(100, 2), 97, 30_000, [100, 101], 18_000],
  ['a pause of the source', window(100, 5), 104, 66_000, [104], 60_000],
  ['a short delay is none', window(100, 5), 104, 17_000, [104], 0],
  ['a server that lags behind', window(100, 5), 107, 6_000, [], 0],
  ['a new numbering', window(0, 5), 900, 6_000, [2, 3, 4], null],
])('after a reload: %s', (_, list, next, sinceMs, sequences, missedMs) => {
  const news = whatIsNew(list, next, sinceMs);
  expect([news.segments.map(({ sequence }) => sequence), news.missedMs]).toEqual([sequences, missedMs]);
});
