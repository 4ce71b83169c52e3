import { expect, test } from 'vitest';
import type { Gap } from '#shared/model/live.ts';
import type { Segment } from '#shared/model/segment.ts';
import {
  counted,
  emptyTranscript,
  gapsAtEnd,
  gapsBefore,
  nextRead,
  received,
  touch,
  touchAll,
} from './transcript-fold.ts';

function segment(number: number, text = ''): Segment {
  return {
    id: `s${number}`,
    liveId: 'l',
    number,
    startMs: (number - 1) * 10_000,
    endMs: number * 10_000,
    state: 'written',
    text,
    language: 'fr',
    words: [],
    filtered: [],
    failure: null,
    writtenBy: null,
    edited: null,
    verdict: null,
    alertId: null,
    trust: { noSpeechBp: null, meanLogProbMilli: null, compressionRatioMilli: null, speechMs: null },
  };
}

const gap = (startMs: number, endMs: number): Gap => ({
  id: `g${startMs}`,
  liveId: 'l',
  startMs,
  endMs,
  cause: 'network',
});

test('only the rows on screen are read, in one piece', () => {
  const known = counted(emptyTranscript, 5_000);
  expect(nextRead(known, { from: 4_980, to: 5_010 })).toEqual({ fromNumber: 4_980, limit: 21 });
  const held = received(known, [segment(10), segment(11), segment(13)], 0);
  expect(nextRead(held, { from: 10, to: 13 })).toEqual({ fromNumber: 12, limit: 1 });
  expect(nextRead(received(held, [segment(12)], 0), { from: 10, to: 13 })).toBeNull();
});

test('news that arrives while a read is under way is read again', () => {
  const asked = touch(received(counted(emptyTranscript, 1), [segment(1)], 0), 1);
  const tickOfRead = asked.tick;
  const meanwhile = touch(asked, 1);
  const answered = received(meanwhile, [segment(1, 'old')], tickOfRead);
  expect(nextRead(answered, { from: 1, to: 1 })).toEqual({ fromNumber: 1, limit: 1 });
  expect(nextRead(received(answered, [segment(1, 'new')], answered.tick), { from: 1, to: 1 })).toBeNull();
});

test('a new segment makes the transcript longer, a lost feed makes all of it stale', () => {
  const longer = touch(counted(emptyTranscript, 3), 4);
  expect(longer.last).toBe(4);
  const stale = touchAll(received(longer, [segment(1), segment(2)], longer.tick));
  expect(stale.byNumber.size).toBe(2);
  expect(nextRead(stale, { from: 1, to: 2 })).toEqual({ fromNumber: 1, limit: 2 });
});

test('a gap is shown once, where it lies', () => {
  const held = received(emptyTranscript, [segment(1), segment(3), segment(4)], 0);
  const gaps = [gap(20_000, 20_000), gap(30_000, 30_000), gap(41_000, 50_000)];
  expect(gapsBefore(held, gaps, 1)).toEqual([]);
  expect(gapsBefore(held, gaps, 3), 'its neighbour is not known yet').toEqual([]);
  const complete = received(held, [segment(2)], 0);
  expect(gapsBefore(complete, gaps, 3).map((one) => one.startMs)).toEqual([20_000]);
  expect(gapsBefore(complete, gaps, 4).map((one) => one.startMs)).toEqual([30_000]);
  expect(gapsAtEnd(complete, gaps).map((one) => one.startMs)).toEqual([41_000]);
});
