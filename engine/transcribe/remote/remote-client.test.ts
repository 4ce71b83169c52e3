import { expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { createNet } from '../../net/net.ts';
import { startTranscriptionServer, verbose } from '../../../tests/support/transcription-server.ts';
import { askRemote, retryAfter } from './remote-client.ts';

const net = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true });
const pcm = Int16Array.from({ length: 16_000 * 2.5 }, (_, index) => Math.round(8000 * Math.sin(index / 20)));
const hands = () => ({ net, clock: systemClock, signal: new AbortController().signal });
const question = { pcm, language: 'fr', prompt: 'Vigie, Overseerr' } as const;

test('a sound is sent as a form with its key, and its answer becomes a transcript with the same trust figures', async () => {
  await using server = await startTranscriptionServer(() => ({ status: 200, body: verbose('bonjour à tous') }));
  const place = { baseUrl: `${server.baseUrl}/`, model: 'whisper-large-v3-turbo', allowPrivate: true };
  const transcript = await askRemote(place, 'gsk_test', question, hands());
  expect(transcript).toMatchObject({
    text: 'bonjour à tous',
    language: 'fr',
    noSpeechBp: 200,
    meanLogProb: -0.21,
    speechMs: null,
    pieces: [{ text: 'bonjour à tous', startMs: 200, endMs: 2100, words: [], noSpeechBp: 200, meanLogProb: -0.21 }],
  });
  const [asked] = server.asked;
  expect(asked?.authorization).toBe('Bearer gsk_test');
  expect(asked?.fields).toEqual({
    model: 'whisper-large-v3-turbo',
    response_format: 'verbose_json',
    temperature: '0',
    'timestamp_granularities[]': 'segment',
    language: 'fr',
    prompt: 'Vigie, Overseerr',
  });
  expect(asked?.file.length).toBe(44 + pcm.byteLength);
  expect(Buffer.from(asked?.file.subarray(0, 4) ?? []).toString()).toBe('RIFF');
});

test.each([
  ['key', 401, 'no'],
  ['quota', 429, 'slow down'],
  ['model', 404, '{"error":{"code":"model_not_found"}}'],
  ['refused', 413, ''],
  ['busy', 503, ''],
  ['answer', 200, 'not json'],
  ['answer', 200, '{"text":1}'],
  ['answer', 200, JSON.stringify(verbose('x', { no_speech_prob: 7 }))],
])('an answer that is no transcript is told as "%s" (%i %s)', async (reason, status, body) => {
  await using server = await startTranscriptionServer(() => ({ status, body, headers: { 'retry-after': '7' } }));
  const place = { baseUrl: server.baseUrl, model: 'm', allowPrivate: true };
  await expect(askRemote(place, null, question, hands())).rejects.toMatchObject({
    code: 'speech-remote-failed',
    data: { reason, retryAfterMs: status === 200 ? null : 7000 },
  });
});

test('a redirect is not followed with a sound and a key in hand', async () => {
  await using server = await startTranscriptionServer(() => ({
    status: 307,
    body: '',
    headers: { location: 'http://127.0.0.1:1/stolen' },
  }));
  const place = { baseUrl: server.baseUrl, model: 'm', allowPrivate: true };
  await expect(askRemote(place, 'gsk_test', question, hands())).rejects.toMatchObject({ data: { reason: 'refused' } });
});

test('a private address is refused unless it is allowed', async () => {
  await using server = await startTranscriptionServer(() => ({ status: 200, body: verbose('x') }));
  const place = { baseUrl: server.baseUrl, model: 'm', allowPrivate: false };
  await expect(askRemote(place, null, question, hands())).rejects.toMatchObject({ code: 'address-refused' });
  expect(server.asked).toEqual([]);
});

test.each([
  [undefined, null],
  ['12', 12_000],
  ['1.5', 1_500],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', null],
])('Retry-After %s is %s ms', (value, expected) => {
  expect(retryAfter(value, Date.UTC(2026, 0, 1))).toBe(expected);
});
