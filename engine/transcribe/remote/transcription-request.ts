/** What is asked of an OpenAI-compatible server: `POST {base}/audio/transcriptions` as multipart/form-data. */
import { wavFile } from '../../capture/wav.ts';

export type TranscriptionQuestion = {
  /** 16 kHz, mono. */
  pcm: Int16Array;
  model: string;
  language: 'fr' | 'en' | 'auto';
  prompt: string;
};

/** The body and its type. Source: OpenAI API reference, createTranscription; Groq speaks the same. */
export async function transcriptionForm(
  question: TranscriptionQuestion,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(wavFile(question.pcm))], { type: 'audio/wav' }), 'sound.wav');
  form.set('model', question.model);
  form.set('response_format', 'verbose_json');
  // The same sound gives the same text, as far as a server allows.
  form.set('temperature', '0');
  form.append('timestamp_granularities[]', 'segment');
  if (question.language !== 'auto') form.set('language', question.language);
  if (question.prompt !== '') form.set('prompt', question.prompt);
  // Response encodes forms as fetch does (https://fetch.spec.whatwg.org/#concept-bodyinit-extract).
  const encoded = new Response(form);
  return { type: encoded.headers.get('content-type') ?? '', bytes: new Uint8Array(await encoded.arrayBuffer()) };
}

/** Where transcriptions are asked for, under a base such as `https://api.groq.com/openai/v1`. */
export function transcriptionAddress(base: string): string {
  return `${base.replace(/\/+$/, '')}/audio/transcriptions`;
}
