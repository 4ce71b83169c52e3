import { expect, test } from 'vitest';
import { silentLog } from '../../engine/base/log.ts';
import { createNet } from '../../engine/net/net.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { cutHls, type HlsSegment, playlist, serveHls } from '../support/origin/hls.ts';
import { type Origin, startOrigin } from '../support/origin/origin.ts';
import { demo, ffmpeg, start, temporaryFolder, tiles } from './support.ts';

/** Eight times faster than life. */
const factor = 8;

/** A live of 2 s segments whose list grows with the clock, except between `frozenMs`; it ends after the last one. */
function playLive(
  origin: Origin,
  clock: ReturnType<typeof createFastClock>,
  segments: HlsSegment[],
  frozenMs: [number, number],
  window: number,
) {
  const began = clock.monotonicMs();
  serveHls(origin, segments, () => {
    const passed = clock.monotonicMs() - began;
    const frozen = Math.max(0, Math.min(passed, frozenMs[1]) - frozenMs[0]);
    const edge = Math.min(segments.length, 3 + Math.floor((passed - frozen) / 2_000));
    return playlist(segments, { from: Math.max(0, edge - window), to: edge, ended: edge === segments.length });
  });
}

async function cut(): Promise<HlsSegment[]> {
  await using folder = await temporaryFolder();
  return (await cutHls({ ffmpeg, input: demo('live-en.ogg'), dir: folder.path, seconds: 2, limit: 50 })).segments;
}

test('a list that stands still is a stall; the pause of the source is declared with its length', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const segments = await cut();
  const clock = createFastClock(factor);
  playLive(origin, clock, segments, [10_000, 40_000], 6);
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  const source = { kind: 'url', url: origin.url('/hls/list.m3u8'), allowPrivate: true } as const;
  const { end, heard } = start({ source, spoolDir: folder.path, net, clock, random: () => 0.5 });
  expect((await end).end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.states).toContain('stalled');
  const gaps = heard.gaps.filter(({ startMs }) => startMs > 0);
  expect(gaps.map(({ cause }) => cause)).toEqual(['stall']);
  expect(Math.abs((gaps[0]?.endMs ?? 0) - (gaps[0]?.startMs ?? 0) - 30_000)).toBeLessThan(6_000);
  // Each segment was played once, whatever happened between.
  expect(segments.map(({ name }) => origin.visits(`/hls/${name}`))).toEqual(segments.map(() => 1));
  tiles(heard);
});

test.each([
  ['all of which the server still has', 100, 0],
  ['part of which left its list', 4, 8_000],
])('an outage of 20 s, %s', async (_, window, missedMs) => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const segments = await cut();
  const clock = createFastClock(factor);
  playLive(origin, clock, segments, [1e9, 1e9], window);
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  const source = { kind: 'url', url: origin.url('/hls/list.m3u8'), allowPrivate: true } as const;
  const { end, heard } = start({ source, spoolDir: folder.path, net, clock, random: () => 0.5 });
  await clock.delay(8_000);
  origin.down();
  await clock.delay(20_000);
  origin.up();
  expect((await end).end).toEqual({ outcome: 'ended', damaged: false });
  const gaps = heard.gaps.filter(({ startMs }) => startMs > 0);
  const lost = gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0);
  const played = segments.filter(({ name }) => origin.visits(`/hls/${name}`) > 0).length;
  // What was not played is what was declared.
  expect(Math.abs(lost - (segments.length - played) * 2_000)).toBeLessThan(500);
  expect(lost).toBeGreaterThanOrEqual(missedMs);
  if (missedMs === 0) expect(lost).toBe(0);
  tiles(heard);
});
