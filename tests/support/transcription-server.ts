import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Origin, startOrigin } from './origin/origin.ts';

/** One question as it came over the wire: the form's fields, the sound's bytes, the key. */
export type Asked = { fields: Record<string, string>; file: Uint8Array; authorization: string | undefined };
type Answer = { status: number; body: unknown; headers?: Record<string, string> } | 'never';

/** Speaks OpenAI's `POST /v1/audio/transcriptions`; what it answers is the test's business. */
export async function startTranscriptionServer(answer: (asked: Asked, count: number) => Answer) {
  const origin: Origin = await startOrigin();
  const asked: Asked[] = [];
  origin.route('/v1/audio/transcriptions', async (request, response) => {
    const one = await read(request);
    asked.push(one);
    const given = answer(one, asked.length);
    if (given === 'never') return;
    const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers }).end(text);
  });
  return { origin, asked, baseUrl: origin.url('/v1'), [Symbol.asyncDispose]: () => origin[Symbol.asyncDispose]() };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const type = request.headers['content-type'] ?? '';
  const form = await new Response(Uint8Array.from(await buffer(request)), {
    headers: { 'content-type': type },
  }).formData();
  const fields: Record<string, string> = {};
  let file = new Uint8Array();
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else file = new Uint8Array(await value.arrayBuffer());
  }
  return { fields, file, authorization: request.headers.authorization };
}

/** A verbose answer of one segment, in the shape OpenAI and Groq document. */
export const verbose = (text: string, more: object = {}) => ({
  task: 'transcribe',
  language: 'french',
  duration: 2.5,
  text,
  segments: [
    {
      id: 0,
      seek: 0,
      start: 0.2,
      end: 2.1,
      text: ` ${text}`,
      tokens: [50364, 50489],
      temperature: 0,
      avg_logprob: -0.21,
      compression_ratio: 1.1,
      no_speech_prob: 0.02,
      ...more,
    },
  ],
});
