/** The speech engine: one loaded model in a supervised worker, many lives, one request after the other. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { EngineOptions } from '../options.ts';
import type { Spawn } from '../process/spawn.ts';
import { VigieError } from '#shared/errors.ts';

import { type TrialMemory, tryCard } from './gpu-trial.ts';
import type { GraphicsCard } from './graphics-card.ts';
import { checkModel, digestOf } from './models.ts';
import { boundedPrompt, heardWithout, promptRuns } from './prompt-echo.ts';
import { windowOf } from './encoder-window.ts';
import { contradicts, type LanguageLock, lockAfter, unlocked } from './language-lock.ts';
import { createPatience } from './patience.ts';
import { maxPayloadBytes } from './protocol/frames.ts';
import type { WorkerResult } from './protocol/messages.ts';
import { addedCost, joinHearings, missedVoice } from './second-hearing.ts';
import { toTranscript, type Transcript } from './transcript.ts';
import { type CardUnused, createWorkerKeeper, type Kept, type KeeperOptions } from './worker-keeper.ts';
import { planWorkers } from './worker-plan.ts';
import { type Hearing, isWorkerFault, startWorkerProcess, type WorkerOptions } from './worker-process.ts';

export type { SpokenPiece, SpokenWord, Transcript } from './transcript.ts';

export type SpeechInfo = {
  worker: 'native' | 'prebuilt';
  library: string;
  device: 'cpu' | 'gpu';
  deviceName: string;
  modelName: string;
  /** SHA-256 of the model file, hex. */
  modelDigest: string;
  threads: number;
  /** `gpu-fallback`: a card was used and given up; `gpu-unused`: one is there, and `graphics.unused` says why it is not used. */
  notices: ('gpu-fallback' | 'gpu-unused' | 'prebuilt-slow')[];
  /** Null without a card. */
  graphics: { card: string; unused: 'switched-off' | CardUnused | null } | null;
};

export type SpeechRequest = {
  /** 16 kHz, mono, at most 30 s. */
  pcm: Int16Array;
  language: 'fr' | 'en' | 'auto';
  liveId: string;
  /** Words to be expected, most important first; what a worker cannot take (400 characters) is left out. It never adds text. */
  prompt?: string;
  /** The text will be replaced soon: what the recogniser jumped over is not heard again. */
  tentative?: boolean;
  signal?: AbortSignal;
};

export type SpeechEngine = {
  /** Starts the worker if needed. Rejects with model-missing, model-invalid or speech-unavailable. */
  info(): Promise<SpeechInfo>;
  /**
   * Waits its turn. Rejects with what `info` rejects with, speech-failed when the worker died, hung or talked nonsense over this very
   * sound (the others go on with a new worker), cancelled, engine-stopped, bad-input for more than 30 s.
   */
  transcribe(request: SpeechRequest): Promise<Transcript>;
  /** Frees what the worker keeps for a live that has ended. Starts nothing. */
  forget(liveId: string): void;
  /** Ends the worker; everything still waiting rejects with engine-stopped. */
  close(): Promise<void>;
};

export type SpeechEngineOptions = {
  binaries: Pick<EngineOptions['binaries'], 'speechWorker' | 'node'>;
  speech?: EngineOptions['speech'];
  modelPath: string;
  vadModelPath: string;
  clock: Clock;
  log: Log;
  spawn: Spawn;
  /** The card that seems present. */
  card?: GraphicsCard | null;
  trials?: TrialMemory;
  /** Threads of the worker; 0: it chooses. */
  threads?: number;
  /** A worker was lost over a sound: it crashed, hung or talked nonsense. */
  onLost?(reason: string): void;
  /** The gate before the file is loaded; the structure alone when absent. Rejects with why it is not let in. */
  admit?(modelPath: string, digest: () => Promise<string>): Promise<void>;
  /** For tests: other patience, other memory bound. */
  worker?: Pick<WorkerOptions, 'requestTimeoutMs' | 'startTimeoutMs' | 'graceMs'> &
    Pick<KeeperOptions, 'memoryLimitBytes'>;
};

/** Lives whose decoder state stays in memory. */
const livesRemembered = 4;

export function openSpeechEngine(options: SpeechEngineOptions): SpeechEngine {
  const { clock, log, spawn, modelPath, vadModelPath, speech, card = null } = options;
  const { memoryLimitBytes, ...bounds } = options.worker ?? {};
  const patience = createPatience();
  const keeper = createWorkerKeeper({
    plans: planWorkers({ ...options, card: card !== null, prebuiltProgram: prebuiltProgram() }),
    trials: options.trials,
    proveCard: (process, ready) => tryCard(process, ready, join(dirname(vadModelPath), 'self-test.wav')),
    clock,
    log,
    memoryLimitBytes,
    start: (plan) =>
      startWorkerProcess({
        launch: plan.launch,
        hello: {
          model: modelPath,
          vadModel,
          gpu: plan.gpu,
          threads: options.threads ?? speech?.threads ?? 0,
          window: speech?.window ?? windowOf(modelDigest),
          states: livesRemembered,
        },
        clock,
        log,
        spawn,
        requestTimeoutMs: patience.limitMs,
        ...bounds,
      }),
  });
  const closing = new AbortController();
  let vadModel: string | null = null;
  let modelDigest = '';
  let turn: Promise<unknown> = Promise.resolve();
  const languages = new Map<string, LanguageLock>();

  /** The gate before any native loader sees the file, then the worker. */
  const worker = async (): Promise<Kept> => {
    const digest = () => digestOf(modelPath);
    await (options.admit ? options.admit(modelPath, digest) : checkModel(modelPath));
    vadModel = existsSync(vadModelPath) ? vadModelPath : null;
    modelDigest = await digest();
    if (!vadModel) log.warn({ file: basename(vadModelPath) }, 'no voice model: silence is told from the text alone');
    return keeper.worker();
  };

  const ask = async ({ process }: Kept, hearing: Hearing): Promise<WorkerResult> => {
    const since = clock.monotonicMs();
    const result = await process.transcribe(hearing);
    patience.took(clock.monotonicMs() - since);
    return result;
  };

  /** With a prompt, and without it again where the text may have come from there. */
  const hearOnce = async (kept: Kept, hearing: Hearing): Promise<WorkerResult> => {
    const result = await ask(kept, hearing);
    const runs = hearing.prompt ? promptRuns(result.pieces, hearing.prompt) : [];
    if (runs.length === 0) return result;
    throwIfOver(hearing.signal, closing.signal);
    const plain = await ask(kept, { ...hearing, prompt: undefined });
    const said = plain.pieces.map(({ text }) => text).join(' ');
    return addedCost(heardWithout(runs, said) ? result : plain, result, plain);
  };

  /** With the live's own language once it is known, and without it again where the sound is surely in another one. */
  const hearInLanguage = async (kept: Kept, hearing: Hearing, tentative: boolean): Promise<WorkerResult> => {
    if (hearing.language !== 'auto') return hearOnce(kept, hearing);
    const lock = languages.get(hearing.state) ?? unlocked;
    let result = await hearOnce(kept, { ...hearing, language: lock.locked ?? 'auto' });
    // Half a sentence is a poor sample of a language.
    if (tentative) return result;
    if (contradicts(lock, result)) {
      throwIfOver(hearing.signal, closing.signal);
      const open = await hearOnce(kept, hearing);
      result = addedCost(open, result, open);
    }
    languages.set(hearing.state, lockAfter(lock, result));
    return result;
  };

  const hear = async (request: SpeechRequest): Promise<Transcript> => {
    const { pcm, language, liveId, prompt, tentative = false, signal } = request;
    throwIfOver(signal, closing.signal);
    const kept = await worker();
    throwIfOver(signal, closing.signal);
    try {
      const hearing = {
        pcm,
        language,
        state: liveId,
        prompt: takesPrompt(kept) ? boundedPrompt(prompt) : undefined,
        signal,
      };
      let result = await hearInLanguage(kept, hearing, tentative);
      for (const span of tentative ? [] : missedVoice(result, pcm.length / 16)) {
        throwIfOver(signal, closing.signal);
        const alone = pcm.subarray(span.startMs * 16, span.endMs * 16);
        // In the language that was found: a short stretch is a poor sample to find it again.
        const again = await ask(kept, { pcm: alone, language: result.language, state: liveId, signal });
        result = joinHearings(result, again, span);
      }
      keeper.succeeded(kept, result.memoryBytes);
      return toTranscript(result);
    } catch (error) {
      if (isWorkerFault(error)) {
        const { reason } = error.data;
        if (reason === 'timed-out') patience.forget();
        keeper.failed(kept);
        options.onLost?.(reason);
      }
      throw error;
    }
  };

  return {
    async info() {
      const { ready } = await worker();
      const notices: SpeechInfo['notices'] = [];
      const unused = speech?.gpu === 'off' ? 'switched-off' : keeper.cardUnused();
      const graphics: SpeechInfo['graphics'] = card && { card: card.name, unused };
      if (graphics?.unused === 'crashed') notices.push('gpu-fallback');
      else if (graphics?.unused && graphics.unused !== 'switched-off') notices.push('gpu-unused');
      if (ready.worker === 'prebuilt' && ready.device === 'cpu') notices.push('prebuilt-slow');
      return {
        worker: ready.worker,
        library: ready.library,
        device: ready.device,
        deviceName: ready.deviceName,
        modelName: basename(modelPath),
        modelDigest,
        threads: ready.threads,
        notices,
        graphics,
      };
    },
    async transcribe(request) {
      if (request.pcm.byteLength > maxPayloadBytes)
        throw new VigieError('bad-input', { problem: 'more than 30 s of sound' });
      const heard = turn.then(() => hear(request));
      // The next one waits for the end of this one, however it ends.
      turn = heard.catch(() => undefined);
      return unlessOver(heard, request.signal, closing.signal);
    },
    forget(liveId) {
      languages.delete(liveId);
      keeper.running()?.process.forget(liveId);
    },
    async close() {
      closing.abort();
      await keeper.close();
      await turn;
    },
  };
}

/** A Parakeet model cannot be told what to expect. */
const takesPrompt = ({ ready }: Kept): boolean => ready.modelType !== 'parakeet';

function throwIfOver(signal: AbortSignal | undefined, closing: AbortSignal): void {
  if (closing.aborted) throw new VigieError('engine-stopped', { reason: 'closing' });
  if (signal?.aborted) throw new VigieError('cancelled', {});
}

/** Settles at once when the caller gives up or the engine closes; the worker may take a moment longer to notice. */
function unlessOver<T>(work: Promise<T>, signal: AbortSignal | undefined, closing: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      signal?.removeEventListener('abort', onOver);
      closing.removeEventListener('abort', onOver);
    };
    const onOver = () => {
      leave();
      reject(
        closing.aborted ? new VigieError('engine-stopped', { reason: 'closing' }) : new VigieError('cancelled', {}),
      );
    };
    signal?.addEventListener('abort', onOver, { once: true });
    closing.addEventListener('abort', onOver, { once: true });
    work.then(resolve, reject).finally(leave);
    if (signal?.aborted || closing.aborted) onOver();
  });
}

/** The prebuilt worker lies beside this file: TypeScript in the repository, JavaScript in a bundle. */
function prebuiltProgram(): string {
  const names = ['prebuilt-worker.ts', 'prebuilt-worker.mjs', 'prebuilt-worker.js'];
  const paths = names.map((name) => fileURLToPath(new URL(`./${name}`, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? names[0]!;
}
