import { expect, test } from 'vitest';
import { parseSource, protocolOf } from './source.ts';

const all = { allowPrivate: false, allowProtocol: true } as const;

const account = { kind: 'tiktok', handle: 'lea', roomId: null, streamUrl: null };
test.each([
  ['@lea', account],
  ['https://www.tiktok.com/@lea/live?x=1', account],
  ['tiktok.com/@lea', account],
  // What only looks like an account is what it was before there were accounts.
  ['lea', { kind: 'file', path: 'lea' }],
  ['./@lea', { kind: 'file', path: './@lea' }],
  ['/videos/tiktok.com/@lea.mp4', { kind: 'file', path: '/videos/tiktok.com/@lea.mp4' }],
  [' /a/b.mp3 ', { kind: 'file', path: '/a/b.mp3' }],
  ['-', { kind: 'stdin' }],
  ['-i.mp3', { kind: 'file', path: '-i.mp3' }],
  ['https://a.example/l.m3u8', { kind: 'url', url: 'https://a.example/l.m3u8', allowPrivate: false }],
  ['RTMP://a.example/app/key', { kind: 'protocol', url: 'RTMP://a.example/app/key', allowPrivate: false }],
  ['device:pulse:default', { kind: 'device', system: 'pulse', name: 'default' }],
  ['device:alsa:hw:0,0', { kind: 'device', system: 'alsa', name: 'hw:0,0' }],
  ['device:dshow:Micro (José’s 🎙 casque)', { kind: 'device', system: 'dshow', name: 'Micro (José’s 🎙 casque)' }],
])('%s is a source', (typed, source) => {
  expect(parseSource(typed, all)).toEqual({ source });
});

test('a page is found by a resolver only when one is chosen', () => {
  expect(parseSource('https://a.example/live', { ...all, resolver: 'streamlink' })).toEqual({
    source: { kind: 'external', tool: 'streamlink', url: 'https://a.example/live', allowPrivate: false },
  });
  expect(parseSource('ftp://a.example/live', { ...all, resolver: 'yt-dlp' })).toEqual({ problem: 'scheme' });
});

test('protocols of ffmpeg are off until they are allowed', () => {
  for (const typed of ['rtmp://a.example/x', 'rtmps://a.example/x', 'rtsp://a.example/x', 'srt://a.example:9000'])
    expect(parseSource(typed, { allowPrivate: true })).toEqual({ problem: 'protocol' });
});

test.each([
  // No other scheme is ever opened by ffmpeg, allowed or not.
  ...[
    'file:///etc/passwd',
    'concat://a',
    'udp://@:9',
    'tcp://a:9',
    'unix:///run/x',
    'gopher://a',
    'data://x',
    'rtp://a:9',
  ].map((typed) => [typed, 'scheme'] as const),
  ...[
    'rtmp://',
    'rtmp:///app/key',
    'rtmp://a.example/app key',
    'rtmp://a.example/app/key live=1',
    'rtmp://a\\b/app',
    'rtmp://a%00b/app',
    'rtsp://[::1/x',
    'srt://a.example',
    'srt://a.example:9000?mode=listener',
    'srt://a.example:9000?streamid=x&mode=rendezvous',
    'srt://:9000',
    `rtmp://a.example/${'x'.repeat(5000)}`,
  ].map((typed) => [typed, 'url'] as const),
  ...[
    'device:pulse:',
    'device:pulse:-f',
    'device:pulse:a b',
    'device:alsa:file:/tmp/x',
    "device:alsa:file:'|touch /tmp/x'",
    'device:alsa:tee:hw:0,/tmp/x',
    'device:alsa:plug:{type hw}',
    'device:alsa:hw:0;x',
    'device:alsa:-i',
    'device:avfoundation:0:1',
    'device:avfoundation:-list_devices',
    'device:dshow:Micro:video=Camera',
    'device:dshow:Micro"',
    'device:dshow:-Micro',
    'device:dshow:Mi\ncro',
    'device:lavfi:sine',
    'device:x11grab::0',
  ].map((typed) => [typed, 'device'] as const),
])('%j is refused: %s', (typed, problem) => {
  expect(parseSource(typed, all)).toEqual({ problem });
});

test('srt keeps what only says how it is read', () => {
  expect(protocolOf('srt://a.example:9000?streamid=live/1&passphrase=x&latency=200')).toBe('srt');
});
