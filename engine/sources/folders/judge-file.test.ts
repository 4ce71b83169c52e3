import { expect, test } from 'vitest';
import { judgeFile, renamedFrom, settleMs } from './judge-file.ts';
import { isPassedOver, isRecordingName } from './recording-name.ts';

const seen = (sizeBytes: number, changedAt = 1, path = 'a.wav') => ({ path, sizeBytes, changedAt });
const sighting = (sizeBytes: number, sinceMs: number, changedAt = 1) => ({ sizeBytes, changedAt, sinceMs });

test.each([
  ['first seen, however old it is', seen(10), undefined, 1_000_000, 'growing', 1_000_000],
  ['the same for almost long enough', seen(10), sighting(10, 0), settleMs - 1, 'growing', 0],
  ['the same for long enough', seen(10), sighting(10, 0), settleMs, null, 0],
  ['grown meanwhile', seen(11), sighting(10, 0), settleMs, 'growing', settleMs],
  ['shrunk meanwhile', seen(9), sighting(10, 0), settleMs, 'growing', settleMs],
  ['changed without growing', seen(10, 2), sighting(10, 0), settleMs, 'growing', settleMs],
  ['empty for ever', seen(0), sighting(0, 0), 100 * settleMs, 'empty', 0],
] as const)('a file %s', (_, now, before, atMs, wait, sinceMs) => {
  const judged = judgeFile(now, before, atMs);
  expect(judged.wait).toBe(wait);
  expect(judged.sighting).toEqual({ sizeBytes: now.sizeBytes, changedAt: now.changedAt, sinceMs });
});

test('a renamed file is one of the same size and date whose old name is gone', () => {
  const known = [
    { path: 'old.wav', size_bytes: 10, changed_at: 5 },
    { path: 'other.wav', size_bytes: 11, changed_at: 5 },
  ];
  expect(renamedFrom(seen(10, 5, 'new.wav'), known, new Set(['new.wav']))?.path).toBe('old.wav');
  expect(renamedFrom(seen(10, 5, 'new.wav'), known, new Set(['new.wav', 'old.wav']))).toBeNull();
  expect(renamedFrom(seen(10, 6, 'new.wav'), known, new Set(['new.wav']))).toBeNull();
  expect(renamedFrom(seen(12, 5, 'new.wav'), known, new Set(['new.wav']))).toBeNull();
});

test.each([
  ['réunion.MP3', true],
  ['会議 🎙.m4a', true],
  ['a.b.webm', true],
  ['interview.mp4.part', false],
  ['interview.part.mp4', false],
  ['interview.mp4.crdownload', false],
  ['interview.mp4.tmp', false],
  ['interview.tmp.mp4', false],
  ['interview.mp4~', false],
  ['~$interview.mp4', false],
  ['.interview.mp4', false],
  ['._interview.mp4', false],
  ['.interview.mp4.Xq3Zt1', false],
  ['notes.txt', false],
  ['mp4', false],
  ['.mp4', false],
])('is %s a recording: %s', (name, is) => expect(isRecordingName(name)).toBe(is));

test.each([
  ['.git', true],
  ['$RECYCLE.BIN', true],
  ['System Volume Information', true],
  ['@eaDir', true],
  ['mars', false],
])('is a folder %s passed over: %s', (name, is) => expect(isPassedOver(name)).toBe(is));
