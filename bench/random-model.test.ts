import { expect, test } from 'vitest';
import { modelBlocks, nextTokens, randomModel } from './random-model.ts';
import { readDemo } from '../engine/transcribe/fixtures/demo-sound.ts';
import { nativeProgram, realWorker } from '../engine/transcribe/fixtures/real-worker.ts';

test('a window is a start time, words that differ, an end time and the end', () => {
  const tokens = nextTokens(30).slice(2, 32);
  expect([tokens[0], tokens[28], tokens[29]]).toEqual([50_364, 51_864, 50_257]);
  const words = tokens.slice(1, 28);
  expect(new Set(words).size).toBe(27);
  expect(words.every((token) => token < 50_257)).toBe(true);
});

test('the file is as large as the real tiny with its f16 weights, to a percent', () => {
  let bytes = 0;
  for (const block of modelBlocks('tiny', 30, new Uint8Array(80 * 201 * 4))) bytes += block.length;
  // ggml-tiny.bin of ggerganov/whisper.cpp.
  expect(bytes / 77_691_713).toBeCloseTo(1, 2);
});

test.skipIf(!nativeProgram)('the native worker writes thirty tokens in one pass, whatever it hears', async () => {
  const worker = realWorker('native', { model: randomModel('tiny'), window: 'fit', threads: 1, vadModel: null });
  try {
    const pcm = (await readDemo('live-fr')).slice(0, 6 * 16_000);
    const { pieces, secondPass } = await worker.transcribe({ pcm, language: 'fr', state: 'a' });
    expect(pieces.map(({ words, startMs, endMs }) => [words.length, startMs, endMs])).toEqual([[27, 0, 6000]]);
    expect(secondPass).toBe(false);
  } finally {
    await worker.stop();
  }
});
