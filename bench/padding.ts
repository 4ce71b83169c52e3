import { demoClips } from '../engine/transcribe/fixtures/demo-sound.ts';
import { realWorker } from '../engine/transcribe/fixtures/real-worker.ts';
import { wordErrors } from '../headless/reference/wer.ts';
import { randomModel } from './random-model.ts';
import { middleOf, seconds, type Summary } from './support/figures.ts';
import { fixtureModel, voiceModel } from './support/places.ts';

const rounds = 3;

/**
 * What padding costs and what it is good for: the demo lives in stretches of at most 15 s with the encoder run over 30 s (`full`) and over
 * the sound alone (`fit`), in turn on the same worker settings. A model of one's own: `VIGIE_BENCH_MODEL=/path npm run bench -- padding`;
 * it may get the fitted window where its words are as right with it (`engine/transcribe/encoder-window.ts`).
 */
export async function benchPadding() {
  const own = process.env['VIGIE_BENCH_MODEL'];
  const models = own
    ? ([['own', own, true]] as const)
    : ([
        ['fixture', fixtureModel, true],
        ['random tiny', randomModel('tiny'), false],
        ['random base', randomModel('base'), false],
      ] as const);
  const lives = [await demoClips('live-fr'), await demoClips('live-en')];
  const clips = lives.flatMap((live, index) => live.map((clip) => ({ ...clip, language: index === 0 ? 'fr' : 'en' })));
  const words = clips.map(({ text }) => text).join(' ');
  const rows: (Record<'model' | 'device' | 'window' | 'time' | 'ratio' | 'encoded' | 'WER', string> & {
    'second passes': number;
  })[] = [];
  for (const [name, model, speaks] of models) {
    const windows = ['full', 'fit'] as const;
    const workers = windows.map((window) =>
      realWorker('native', { model, window, threads: 2, vadModel: voiceModel, gpu: true }),
    );
    const device = (await Promise.all(workers.map(({ ready }) => ready)))[0]!.device.toUpperCase();
    const runs = windows.map((): { ms: number; encodedMs: number; text: string; secondPasses: number }[] => []);
    for (let round = 0; round < (speaks ? rounds : 1); round += 1) {
      for (const [index, worker] of workers.entries()) {
        const since = performance.now();
        const heard = [];
        for (const { pcm, language } of clips) heard.push(await worker.transcribe({ pcm, language, state: 'a' }));
        runs[index]!.push({
          ms: performance.now() - since,
          encodedMs: heard.reduce((sum, result) => sum + result.encodedMs, 0),
          secondPasses: heard.filter(({ secondPass }) => secondPass).length,
          text: heard.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join(' '),
        });
      }
    }
    await Promise.all(workers.map((worker) => worker.stop()));
    const base = middleOf(runs[0]!.map(({ ms }) => ms));
    for (const [index, window] of windows.entries()) {
      const [first] = runs[index]!;
      const ms = middleOf(runs[index]!.map((run) => run.ms));
      const wrong = wordErrors(words, first!.text);
      rows.push({
        model: name,
        device,
        window,
        time: seconds(ms),
        ratio: (ms / base).toFixed(2),
        encoded: seconds(first!.encodedMs),
        WER: speaks ? `${(100 * wrong.wer).toFixed(1)} %` : '(random)',
        'second passes': first!.secondPasses,
      });
    }
  }
  const summary: Summary[] = rows
    .filter(({ window }) => window === 'fit')
    .map(({ model, device, time, ratio, WER }, index) => ({
      measure: `window fitted to the sound, ${model}`,
      device,
      figure: `${time}, WER ${WER}`,
      baseline: `${rows[2 * index]!.time}, WER ${rows[2 * index]!.WER}`,
      ratio,
      goal: '',
    }));
  return {
    summary,
    name: `padding: ${clips.length} stretches of both demo lives, 2 threads, with voice detection`,
    rows,
  };
}

if (import.meta.main) console.table((await benchPadding()).rows);
