/** Asks an OpenAI-compatible server for a transcription, once: whether to try again, and where, is decided by who asks. */
import { VigieError } from '#shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Net, NetResponse } from '../../net/net.ts';
import type { Transcript } from '../transcript.ts';
import { remoteTranscript, verboseAnswer } from './transcription-answer.ts';
import { transcriptionAddress, transcriptionForm, type TranscriptionQuestion } from './transcription-request.ts';

/** A server that writes speech down. `baseUrl` as its documentation gives it, e.g. `https://api.groq.com/openai/v1`. */
export type RemoteServer = { baseUrl: string; model: string; allowPrivate: boolean };

const answerMs = 60_000;
const largestAnswerBytes = 2_000_000;

/**
 * @param key secret of the server, null when it needs none
 * @throws VigieError `speech-remote-failed` with the reason, and what `net.post` rejects with
 */
export async function askRemote(
  server: RemoteServer,
  key: string | null,
  question: Omit<TranscriptionQuestion, 'model'>,
  hands: { net: Net; clock: Clock; signal: AbortSignal },
): Promise<Transcript> {
  const { host } = new URL(server.baseUrl);
  const form = await transcriptionForm({ ...question, model: server.model });
  const since = hands.clock.monotonicMs();
  const answer = await hands.net.post(
    transcriptionAddress(server.baseUrl),
    { ...form, bearer: key },
    {
      allowPrivate: server.allowPrivate,
      signal: hands.signal,
      timeoutMs: answerMs,
      headersTimeoutMs: answerMs,
      idleTimeoutMs: answerMs,
      maxBytes: largestAnswerBytes,
    },
  );
  if (answer.status !== 200) {
    answer.discard();
    throw new VigieError('speech-remote-failed', { host, ...refusalOf(answer, hands.clock.now()) });
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  const parsed = verboseAnswer.safeParse(asJson(Buffer.concat(pieces).toString('utf8')));
  if (!parsed.success) throw new VigieError('speech-remote-failed', { host, reason: 'answer', retryAfterMs: null });
  return remoteTranscript(parsed.data, {
    language: question.language,
    soundMs: question.pcm.length / 16,
    processingMs: Math.round(hands.clock.monotonicMs() - since),
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Anything that is no answer is refused alike by the schema.
    return null;
  }
}

/** Which of a few things a person can do something about; the server's own words may quote what was sent and stay out. */
function refusalOf({ status, headers }: NetResponse, now: number) {
  const retryAfterMs = retryAfter(headers['retry-after'], now);
  if (status === 401 || status === 403) return { reason: 'key' as const, retryAfterMs };
  if (status === 402 || status === 429) return { reason: 'quota' as const, retryAfterMs };
  if (status === 404) return { reason: 'model' as const, retryAfterMs };
  return { reason: status >= 500 ? ('busy' as const) : ('refused' as const), retryAfterMs };
}

/** RFC 9110 10.2.3: seconds, or a date. null when absent or unreadable. */
export function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.round(Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
