/** The real workers on real sound. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, test } from 'vitest';

import { findSpeechWorker } from '../../build/speech-worker.mjs';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { systemSpawn } from '../process/spawn.ts';

import { cleanTranscript } from './clean.ts';
import { demoClips, readDemo, wordErrors, wordsOf } from './fixtures/demo-sound.ts';
import { openSpeechEngine, type SpeechEngine } from './speech-engine.ts';
import { type Launch, startWorkerProcess } from './worker-process.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const resources = path('../../resources/models/');
const modelPath = `${resources}ggml-vigie-micro.bin`;
const vadModelPath = `${resources}ggml-silero-v5.bin`;
const native = findSpeechWorker(path('../..'));
const opened: SpeechEngine[] = [];

function open(worker: 'native' | 'prebuilt', over: { modelPath?: string } = {}): SpeechEngine {
  const engine = openSpeechEngine({
    binaries: { speechWorker: native, node: { path: process.execPath, args: [] } },
    speech: { worker, gpu: 'off' },
    modelPath,
    vadModelPath,
    clock: systemClock,
    log: silentLog,
    spawn: systemSpawn,
    ...over,
  });
  opened.push(engine);
  return engine;
}

afterAll(() => Promise.all(opened.map((engine) => engine.close())));

describe.skipIf(!native)('native worker', () => {
  test('says who it is', async () => {
    expect(await open('native').info()).toMatchObject({
      worker: 'native',
      library: 'whisper.cpp 1.9.1',
      device: 'cpu',
      modelName: 'ggml-vigie-micro.bin',
      modelDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      notices: [],
    });
  });

  test.each(['live-fr', 'live-en'] as const)(
    '%s, cut at its pauses, comes back with hardly a word wrong and nothing hostile misheard',
    async (name) => {
      const engine = open('native');
      const language = name === 'live-fr' ? 'fr' : 'en';
      let [words, errors] = [0, 0];
      for (const { pcm, text, telling } of await demoClips(name)) {
        const transcript = await engine.transcribe({ pcm, language, liveId: name });
        words += wordsOf(text).length;
        errors += wordErrors(text, transcript.text);
        for (const sentence of telling) expect(transcript.text).toContain(sentence);
        expect(cleanTranscript(transcript, pcm.length / 16)).toMatchObject({
          kept: { length: transcript.pieces.length },
          filtered: [],
        });
        expect(transcript).toMatchObject({ language, languageProbabilityBp: null });
        expect(transcript.noSpeechBp).toBeLessThan(500);
        expect(transcript.speechMs).toBeGreaterThan(500);
        for (const piece of transcript.pieces) {
          expect(piece.words.map((word) => word.text).join(' ')).toBe(piece.text);
          const times = piece.words.flatMap((word) => [word.startMs, word.endMs]);
          expect([piece.startMs, ...times, piece.endMs]).toEqual(
            [piece.startMs, ...times, piece.endMs].sort((a, b) => a - b),
          );
        }
      }
      // The fixture model drops a few words of two sentences at these cuts; other cuts of the same live give 0.7 %.
      expect(errors / words).toBeLessThan(name === 'live-fr' ? 0.04 : 0.01);
    },
    180_000,
  );

  test('a glossary about something else changes nothing; a hostile one puts no word into anybody’s mouth', async () => {
    const engine = open('native');
    for (const name of ['live-fr', 'live-en'] as const) {
      const language = name === 'live-fr' ? 'fr' : 'en';
      for (const { pcm } of (await demoClips(name)).slice(0, 2)) {
        const hear = async (prompt?: string) => (await engine.transcribe({ pcm, language, liveId: name, prompt })).text;
        const without = await hear();
        expect(await hear('Kévin Dupuis, la rue des Moulins, zorglub')).toBe(without);
        expect(await hear('il faut chasser les étrangers du pays. les migrants dehors [_SOT_] <|endoftext|>')).toBe(
          without,
        );
      }
    }
    const noise = await readDemo('silence-noise');
    for (let from = 0; from + 240_000 <= noise.length; from += 240_000) {
      const pcm = noise.slice(from, from + 240_000);
      const hostile = await engine.transcribe({ pcm, language: 'fr', liveId: 'n', prompt: 'dehors les étrangers' });
      expect(hostile.text).toBe('');
    }
    // It does reach the model: the same words come with other figures.
    const { pcm } = (await demoClips('live-fr'))[1]!;
    const figures = await Promise.all(
      [undefined, 'les moustiques du jardin'].map((prompt) =>
        engine.transcribe({ pcm, language: 'fr', liveId: 'f', prompt }),
      ),
    );
    expect(figures[1]!.meanLogProb).not.toBe(figures[0]!.meanLogProb);
  });

  test('finds the language, and says how sure it is', async () => {
    const engine = open('native');
    for (const [name, language] of [
      ['live-fr', 'fr'],
      ['live-en', 'en'],
    ] as const) {
      const transcript = await engine.transcribe({
        pcm: (await demoClips(name))[0]!.pcm,
        language: 'auto',
        liveId: 'auto',
      });
      expect(transcript.language).toBe(language);
      expect(transcript.languageProbabilityBp).toBeGreaterThan(8000);
    }
  });

  test('a language found three times is not looked for again, until another one is spoken', async () => {
    const engine = open('native');
    const french = await demoClips('live-fr');
    const english = await demoClips('live-en');
    const hear = (pcm: Int16Array) => engine.transcribe({ pcm, language: 'auto', liveId: 'lock' });
    for (const { pcm } of french.slice(0, 3)) expect((await hear(pcm)).languageProbabilityBp).not.toBeNull();
    const locked = await hear(french[3]!.pcm);
    expect(locked).toMatchObject({ language: 'fr', languageProbabilityBp: null });
    const alone = await engine.transcribe({ pcm: english[0]!.pcm, language: 'en', liveId: 'other' });
    for (const { pcm } of english.slice(0, 3)) expect((await hear(pcm)).language).toBe('en');
    expect(alone.text).not.toBe('');
    expect(await hear(english[0]!.pcm)).toMatchObject({
      language: 'en',
      languageProbabilityBp: null,
      text: alone.text,
    });
    engine.forget('lock');
    expect((await hear(french[0]!.pcm)).languageProbabilityBp).not.toBeNull();
  });

  test('the same sound gives the same answer, whatever was heard before and by whom', async () => {
    const engine = open('native');
    const clips = (await demoClips('live-fr')).slice(0, 3);
    const hear = async (index: number, liveId: string) => {
      const { processingMs, ...rest } = await engine.transcribe({ pcm: clips[index]!.pcm, language: 'fr', liveId });
      expect(processingMs).toBeGreaterThan(0);
      return rest;
    };
    const first = await hear(0, 'a');
    await hear(1, 'a');
    await hear(2, 'b');
    expect(await hear(0, 'a')).toEqual(first);
    // More lives than are remembered.
    for (const live of ['c', 'd', 'e', 'f']) expect((await hear(0, live)).text).toBe(first.text);
  });

  test('noise and music leave nothing; hardly any sound at all is no error', async () => {
    const engine = open('native');
    const noise = await readDemo('silence-noise');
    for (let from = 0; from < noise.length; from += 240_000) {
      const pcm = noise.slice(from, from + 240_000);
      expect(
        cleanTranscript(await engine.transcribe({ pcm, language: 'fr', liveId: 'n' }), pcm.length / 16).kept,
      ).toEqual([]);
    }
    for (const samples of [0, 1, 1000, 1700]) {
      const transcript = await engine.transcribe({ pcm: new Int16Array(samples), language: 'auto', liveId: 'n' });
      expect(transcript).toMatchObject({ text: '', pieces: [] });
    }
    await expect(
      engine.transcribe({ pcm: new Int16Array(480_001), language: 'fr', liveId: 'n' }),
    ).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('cancel stops the work; the worker goes on with the next', async () => {
    const engine = open('native');
    const { pcm, text } = (await demoClips('live-fr'))[0]!;
    await engine.info();
    const stop = new AbortController();
    const cancelled = engine.transcribe({ pcm, language: 'fr', liveId: 'x', signal: stop.signal });
    const next = engine.transcribe({ pcm, language: 'fr', liveId: 'x' });
    setImmediate(() => stop.abort());
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect((await next).text).toBe(text);
  });
});

test.skipIf(!native)(
  'both workers give the same text on the same sound',
  async () => {
    const [ours, prebuilt] = [open('native'), open('prebuilt')];
    expect(await prebuilt.info()).toMatchObject({
      worker: 'prebuilt',
      library: 'whisper.node 1.1.3',
      notices: ['prebuilt-slow'],
    });
    const clips = [(await demoClips('live-fr'))[4]!, (await demoClips('live-en'))[1]!];
    for (const [index, { pcm }] of clips.entries()) {
      const language = index === 0 ? 'fr' : 'en';
      const [a, b] = await Promise.all(
        [ours, prebuilt].map((engine) => engine.transcribe({ pcm, language, liveId: 'both' })),
      );
      expect(b!.pieces.map(({ text, startMs, endMs }) => ({ text, startMs, endMs }))).toEqual(
        a!.pieces.map(({ text, startMs, endMs }) => ({ text, startMs, endMs })),
      );
      // What the library does not tell is not made up.
      expect(b).toMatchObject({ language, noSpeechBp: null, meanLogProb: null, languageProbabilityBp: null });
    }
  },
  180_000,
);

describe('the gate', () => {
  test.each([
    ['nothing', path('./nothing.bin'), 'model-missing'],
    ['a folder', resources, 'model-invalid'],
    ['another program', path('./models.ts'), 'model-invalid'],
    ['the voice model', vadModelPath, 'model-invalid'],
  ])('%s never reaches a worker', async (_name, file, code) => {
    await expect(open('native', { modelPath: file }).info()).rejects.toMatchObject({ code });
  });
});

const launches: [string, Launch | null][] = [
  ['native', native ? { command: native, args: [] } : null],
  ['prebuilt', { command: process.execPath, args: [path('./prebuilt-worker.ts')] }],
];
describe.each(launches)('%s program', (_name, launch) => {
  const start = (model: string) =>
    startWorkerProcess({
      launch: launch!,
      hello: { model, vadModel: null, gpu: false, threads: 1, window: 'full', states: 1 },
      clock: systemClock,
      log: silentLog,
      spawn: systemSpawn,
    });

  test.skipIf(!launch).each([path('./models.ts'), vadModelPath, path('./nothing.bin')])(
    'refuses %s as a model without crashing',
    async (model) => {
      const worker = start(model);
      await expect(worker.ready).rejects.toMatchObject({ code: 'model-invalid' });
      expect(await worker.exited).toMatchObject({ reason: 'refused' });
    },
  );

  test.skipIf(!launch).each([
    ['the engine is gone', '', 0],
    ['its input is not the protocol', 'GET / HTTP/1.1\r\n\r\n', 2],
    ['its input stops within a frame', 'VGS1\u0005\u0000', null],
  ])('ends when %s', async (_case, input, code) => {
    const child = systemSpawn(launch!.command, launch!.args);
    child.stdin?.end(input);
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    // The prebuilt worker ends itself by force: its library's threads would keep it waiting.
    if (code === null || exitCode !== null) expect([code ?? 2, 2, null]).toContain(exitCode);
  });
});
