/** @fugood/whisper.node as the prebuilt worker uses it. Loaded only inside that worker: native code stays out of the engine. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { setImmediate as afterEvents } from 'node:timers/promises';

import { VigieError } from '#shared/errors.ts';

import { checkModel } from './models.ts';
import type { Hello, Ready, WorkerResult } from './protocol/messages.ts';
import { anySound, heardStretches, joinStretches, momentInSound } from './voiced-sound.ts';

/** What this library can tell of a sound. */
type Heard = Omit<WorkerResult, 'type' | 'id' | 'processingMs' | 'secondPass' | 'memoryBytes'>;

export type Prebuilt = {
  facts: Pick<Ready, 'library' | 'device' | 'deviceName' | 'modelType' | 'multilingual' | 'threads'>;
  /** `onRunning` gets the function that asks a running transcription to stop. */
  hear(
    sound: Uint8Array,
    language: string,
    prompt: string | undefined,
    onRunning: (stop: () => void) => void,
  ): Promise<Heard>;
};

type Variant = 'default' | 'vulkan' | 'cuda';
/** The parts of the package in use; its type file is not shipped. */
type Package = {
  initWhisper(
    options: { filePath: string; useGpu: boolean; useFlashAttn: boolean },
    variant: Variant,
  ): Promise<Context>;
  initWhisperVad(options: { filePath: string; useGpu: boolean; nThreads: number }): Promise<VoiceContext>;
  toggleNativeLog(enable: boolean): Promise<void>;
  addNativeLogListener(listener: (level: string, text: string) => void): unknown;
};
type Written = { language?: string; segments: { text: string; t0: number; t1: number }[] };
type Context = {
  transcribeData(sound: ArrayBuffer, options: object): { stop(): Promise<void>; promise: Promise<Written> };
};
type VoiceContext = { detectSpeechData(sound: ArrayBuffer, options: object): Promise<{ t0: number; t1: number }[]> };

/** Tokens of earlier text the library may take: a glossary of 400 characters. It also takes what an earlier window of the same sound said. */
const promptTokens = 200;
/** Under 100 ms the library has nothing to listen to. */
const leastBytes = 2 * 1600;

/** Throws model-missing, model-invalid (the gate, since the loader aborts on a bad file), or the library's own error. */
export async function loadPrebuilt(hello: Hello): Promise<Prebuilt> {
  const { family, multilingual, layers } = await checkModel(hello.model);
  if (family === 'parakeet')
    throw new VigieError('model-invalid', {
      model: hello.model,
      detail: 'parakeet-needs-native',
    });
  const require = createRequire(import.meta.url);
  const whisper = require('@fugood/whisper.node') as Package;
  const { version } = require('@fugood/whisper.node/package.json') as { version: string };
  const threads = hello.threads > 0 ? hello.threads : Math.min(8, availableParallelism());

  const { context, gpuName } = await openContext(whisper, hello);
  const voice = hello.vadModel
    ? await whisper.initWhisperVad({ filePath: hello.vadModel, useGpu: false, nThreads: 1 })
    : null;

  return {
    facts: {
      library: `whisper.node ${version}`,
      device: gpuName ? 'gpu' : 'cpu',
      deviceName: gpuName ?? cpus()[0]?.model ?? 'CPU',
      modelType: `${layers} layers`,
      multilingual,
      threads,
    },
    async hear(sound, language, prompt, onRunning) {
      const { speech, heard } = await findVoice(voice, sound);
      const joined = joinStretches(sound, heard);
      const asked = multilingual ? language : 'en';
      let encodedMs = 0;
      let written: Written = { language: asked === 'auto' ? 'und' : asked, segments: [] };
      if (joined.length > leastBytes) {
        // The settings of native/decode.cpp as far as the library has them: greedy, temperature 0, nothing carried over.
        const run = context.transcribeData(Uint8Array.from(joined).buffer, {
          language: asked,
          maxThreads: threads,
          maxContext: 0,
          bestOf: 1,
          temperature: 0,
          temperatureInc: 0,
          ...(prompt ? { prompt, maxContext: promptTokens } : {}),
        });
        onRunning(() => void run.stop());
        encodedMs = asked === 'auto' ? 60_000 : 30_000;
        written = await run.promise;
      }
      const joinedMs = joined.length / 32;
      const moment = (ms: number, side: 'start' | 'end') =>
        Math.round(momentInSound(heard, Math.max(0, Math.min(joinedMs, ms)), side));
      return {
        language: written.language ?? asked,
        languageProbability: null,
        heardLanguage: null,
        pieces: written.segments.map(({ text, t0, t1 }) => ({
          text,
          startMs: moment(t0, 'start'),
          endMs: Math.max(moment(t0, 'start'), moment(t1, 'end')),
          words: [],
          noSpeech: null,
          meanLogProb: null,
        })),
        noSpeech: null,
        meanLogProb: null,
        encodedMs,
        speech,
      };
    },
  };
}

/**
 * Where somebody speaks, and what is heard. The library gives no probabilities and runs its network twice a call, so the generous
 * reading (see native/voice.cpp) is only asked for where its answer matters: where the sound, or a part of it, would not be heard at all.
 */
async function findVoice(voice: VoiceContext | null, sound: Uint8Array) {
  const soundMs = sound.length / 32;
  if (!voice) return { speech: null, heard: [{ startMs: 0, endMs: soundMs }] };
  if (!anySound(sound)) return { speech: [], heard: [] };
  const buffer = Uint8Array.from(sound).buffer;
  const detect = async (options: object) =>
    // Hundredths of a second; the last window is filled up with silence and may end after the sound.
    (await voice.detectSpeechData(buffer, options))
      .map(({ t0, t1 }) => ({
        startMs: Math.round(t0 * 10),
        endMs: Math.min(Math.floor(soundMs), Math.round(t1 * 10)),
      }))
      .filter(({ startMs, endMs }) => endMs > startMs);
  const speech = await detect({});
  const heard = heardStretches(speech, soundMs);
  if (heard.length === 1 && heard[0]!.endMs - heard[0]!.startMs === soundMs) return { speech, heard };
  const generous = await detect({ threshold: 0.3, minSpeechDurationMs: 96 });
  return { speech, heard: heardStretches([...speech, ...generous], soundMs) };
}

/** The library does not tell its device, but its log names the backend: "whisper_backend_init_gpu: using CUDA0 backend". */
async function openContext(whisper: Package, hello: Hello): Promise<{ context: Context; gpuName: string | null }> {
  let gpuName: string | null = null;
  whisper.addNativeLogListener((level, text) => {
    const used = /init_gpu: using (\S+) backend/.exec(text)?.[1];
    if (used && !/^CPU/i.test(used)) gpuName = used;
    if (level === 'error' || level === 'warn') process.stderr.write(text);
  });
  await whisper.toggleNativeLog(true);
  const variant = hello.gpu ? bestVariant() : 'default';
  const useGpu = hello.gpu && (variant !== 'default' || process.platform === 'darwin');
  const context = await whisper.initWhisper({ filePath: hello.model, useGpu, useFlashAttn: true }, variant);
  // Log lines come as events of their own.
  for (let i = 0; i < 3; i++) await afterEvents();
  return { context, gpuName };
}

/** The package falls back to the processor by itself where the variant or its driver is absent. */
function bestVariant(): Variant {
  if (process.platform === 'darwin') return 'default';
  if (process.platform === 'win32') return 'vulkan';
  if (existsSync('/proc/driver/nvidia/version')) return 'cuda';
  return existsSync('/dev/dri') ? 'vulkan' : 'default';
}
