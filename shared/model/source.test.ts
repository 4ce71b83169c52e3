import { expect, test } from 'vitest';
import { parseSource } from './source.ts';

const account = { source: { kind: 'tiktok', handle: 'lea', roomId: null, streamUrl: null } };
test.each([
  ['-', { source: { kind: 'stdin' } }],
  ['', { problem: 'empty' }],
  ['/home/a/live.mp4', { source: { kind: 'file', path: '/home/a/live.mp4' } }],
  ['https://a.example/x.m3u8', { source: { kind: 'url', url: 'https://a.example/x.m3u8', allowPrivate: false } }],
  ['rtmp://a.example/x', { problem: 'scheme' }],
  ['@lea', account],
  ['https://www.tiktok.com/@lea/live?x=1', account],
  ['tiktok.com/@lea', account],
  // What only looks like an account is what it was before there were accounts.
  ['lea', { source: { kind: 'file', path: 'lea' } }],
  ['./@lea', { source: { kind: 'file', path: './@lea' } }],
  ['/videos/tiktok.com/@lea.mp4', { source: { kind: 'file', path: '/videos/tiktok.com/@lea.mp4' } }],
  ['https://pull-flv-l1.tiktokcdn.com/stage/stream-1.flv?expire=1', { source: { kind: 'url' } }],
])('%j', (typed, expected) => expect(parseSource(typed, false)).toMatchObject(expected));
