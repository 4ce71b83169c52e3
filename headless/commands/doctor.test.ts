import { expect, it } from 'vitest';
import type { Check } from '#shared/model/system.ts';
import { createSay } from '../i18n/index.ts';
import { checkEvent } from './doctor.ts';

const say = createSay('en');
const found = (name: Check['name'], outcome: Check['outcome'], detail: Check['detail'], fix: string | null = null) =>
  checkEvent({ name, outcome, detail, fix, tookMs: 1 }, say);

it.each([
  [
    found('disk', 'ok', { freeBytes: 83_156_336_640, path: '/data', soundBytes: 2_000_000 }),
    /disk · 83\.2 GB free in \/data; sound takes 2 MB/,
    null,
  ],
  [
    found('speech-worker', 'ok', { worker: 'native', library: 'whisper.cpp 1.9.1', threads: 2 }),
    /native whisper\.cpp worker.*2 threads/,
    null,
  ],
  [found('ffmpeg', 'failed', { problem: 'ffmpeg-missing' }, 'ffmpeg-failed'), /ffmpeg · does not start/, /npm ci/],
  [
    found('journal', 'failed', { lines: 9, brokenAt: 4 }, 'journal-failed'),
    /chain broken at line 4 of 9/,
    /restore a backup/,
  ],
  [found('network', 'warning', { allowed: false }, 'network-off'), /switched off/, /switch the network on/],
  // What this version has no words for is shown, not hidden.
  [found('database', 'failed', { problem: 'row 7 missing' }, 'newer-fix'), /row 7 missing/, /newer-fix/],
] as const)('%j', (event, message, fix) => {
  expect(event.message).toMatch(message);
  expect(event.message + event.fixMessage).not.toMatch(/{{|checks\./);
  if (fix) expect(event.fixMessage).toMatch(fix);
  else expect(event.fixMessage).toBeNull();
});
