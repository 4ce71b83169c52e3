import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../engine/base/clock.ts';
import { silentLog } from '../../engine/base/log.ts';
import { decoderArguments } from '../../engine/capture/ffmpeg.ts';
import { createNet, type Net } from '../../engine/net/net.ts';
import { type Origin, startOrigin } from '../support/origin/origin.ts';
import { demo, ffmpeg, hear, make, temporaryFolder } from './support.ts';

const real = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true });

/** A net in which `public.example` is a host of the internet (played by the origin) and everything else is what it is. */
function internetOf(origin: Origin): Net {
  return {
    ...real,
    async get(url, asked) {
      const at = new URL(url);
      if (at.hostname !== 'public.example') return real.get(url, asked);
      const answer = await real.get(origin.url(at.pathname), { ...asked, allowPrivate: true });
      return { ...answer, finalUrl: url, reach: 'public' };
    },
  };
}

async function bytesUnder(dir: string): Promise<Buffer> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}

const media = (...lines: string[]) => ['#EXTM3U', '#EXT-X-TARGETDURATION:5', ...lines, '#EXT-X-ENDLIST', ''].join('\n');
const segment = (address: string) => media('#EXTINF:5,', address);
const master = (address: string) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${address}\n`;
const placed: Record<string, (address: string) => string> = {
  segment,
  'second segment': (address) => media('#EXTINF:5,', 'ok.ts', '#EXTINF:5,', address),
  key: (address) => media(`#EXT-X-KEY:METHOD=AES-128,URI="${address}"`, '#EXTINF:5,', 'ok.ts'),
  map: (address) => media(`#EXT-X-MAP:URI="${address}"`, '#EXTINF:5,', 'ok.ts'),
  variant: master,
  rendition: (address) =>
    `#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES,URI="${address}"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nok.m3u8\n`,
};

const canary = `canary-${randomUUID()}`;
const addresses = (file: string, port: number) => [
  `file://${file}`,
  `concat:${file}|${file}`,
  `data:audio/x,${canary}`,
  `crypto+file://${file}`,
  'pipe:0',
  'gopher://127.0.0.1/',
  `http://127.0.0.1:${port}/canary`,
  `http://localhost:${port}/canary`,
  `http://[::1]:${port}/canary`,
  `http://[::ffff:127.0.0.1]:${port}/canary`,
  `http://2130706433:${port}/canary`,
  `http://0x7f000001:${port}/canary`,
  `//127.0.0.1:${port}/canary`,
  'http://169.254.169.254/latest/meta-data/iam',
  'http://10.0.0.1/canary',
  'http://192.168.1.1/canary',
  'http://[fd00::1]/canary',
  'http://[fe80::1]/canary',
  'http://100.64.0.1/canary',
];

test.each(Object.keys(placed))(
  'a %s that leads inside is refused by name, and nothing of it is kept',
  async (place) => {
    await using origin = await startOrigin();
    await using folder = await temporaryFolder();
    const secret = join(folder.path, 'secret');
    await writeFile(secret, canary);
    await make('-i', demo('live-en.ogg'), '-t', '2', '-c:a', 'aac', join(folder.path, 'ok.ts'));
    const sound = await readFile(join(folder.path, 'ok.ts'));
    origin.route('/ok.ts', (_, response) => void response.end(sound));
    origin.route('/canary', (_, response) => void response.end(canary));
    const net = internetOf(origin);
    for (const [index, address] of addresses(secret, origin.port).entries()) {
      origin.route('/list.m3u8', (_, response) => void response.end((placed[place] ?? segment)(address)));
      const spoolDir = join(folder.path, `spool-${index}`);
      const url = 'http://public.example/list.m3u8';
      // Even with private addresses allowed for the source: its own answer came from the internet.
      const heard = await hear({ source: { kind: 'url', url, allowPrivate: true }, spoolDir, net });
      expect(heard.end, address).toMatchObject({ outcome: 'failed', error: { code: 'address-refused' } });
      expect((await bytesUnder(spoolDir)).includes(canary), address).toBe(false);
    }
    expect(origin.visits('/canary')).toBe(0);
  },
);

test('without permission nothing on this machine is asked for', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const source = { kind: 'url', url: origin.url('/a'), allowPrivate: false } as const;
  const heard = await hear({ source, spoolDir: folder.path, net: real });
  expect(heard.end).toMatchObject({
    outcome: 'failed',
    error: { code: 'address-refused', data: { reason: 'loopback' } },
  });
  expect(origin.seen).toEqual([]);
});

test('playlists without end, depth or measure are refused soon', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const bodies: Record<string, string> = {
    '/lines.m3u8': `#EXTM3U\n${'#\n'.repeat(1_000_000)}`,
    '/long.m3u8': `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${'a'.repeat(100_000)}\n`,
    '/number.m3u8': '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:99999999999999999999\n#EXTINF:1,\na\n',
    '/duration.m3u8': '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1e400,\na\n',
    '/self.m3u8': master('self.m3u8'),
    '/attributes.m3u8': `#EXTM3U\n#EXT-X-STREAM-INF:${'A=",'.repeat(5000)}\nx\n`,
  };
  for (const [path, body] of Object.entries(bodies)) {
    origin.route(path, (_, response) => void response.end(body));
    const source = { kind: 'url', url: origin.url(path), allowPrivate: true } as const;
    const heard = await hear({ source, spoolDir: join(folder.path, path), net: real });
    expect(heard.end, path).toMatchObject({ outcome: 'failed', error: { code: 'playlist-invalid' } });
  }
  expect(origin.seen.length).toBeLessThan(10);
});

test.each([
  ['hls', (file: string) => segment(`file://${file}`)],
  ['concat', (file: string) => `ffconcat version 1.0\nfile ${file}\n`],
  ['sdp', () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n'],
  [
    'dash',
    (file: string) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><BaseURL>file://${file}</BaseURL></MPD>`,
  ],
  ['text', () => 'a text\n'.repeat(100)],
])('ffmpeg itself opens no %s', async (_, write) => {
  await using folder = await temporaryFolder();
  const secret = join(folder.path, 'secret.wav');
  await make('-i', demo('live-en.ogg'), '-t', '1', secret);
  const run = () =>
    execFileSync(ffmpeg, decoderArguments(false), { input: write(secret), stdio: ['pipe', 'pipe', 'pipe'] });
  expect(run).toThrow(/not on whitelist|Invalid data/);
});

test('a file that is a playlist is no sound', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'x.mp3');
  await writeFile(path, segment('file:///etc/passwd'));
  const heard = await hear({ source: { kind: 'file', path }, spoolDir: join(folder.path, 'spool') });
  expect(heard.end).toMatchObject({ outcome: 'failed', error: { code: 'source-unreadable' } });
});
