import { expect, test } from 'vitest';
import { temporaryEngine } from '../support/temporary-engine.ts';

const csv =
  'functionality,test_case,label_gold\nneutral,Bonjour à tous,non-hateful\nneutral,Il fait beau,non-hateful\n';

test('evaluations are kept, newest first, with what they were made with, and outlive the engine', async () => {
  const { engine, dataDir } = await temporaryEngine();
  const client = engine.client();
  expect((await client.evaluations.list({})).items).toEqual([]);
  const first = await client.evaluations.run({ name: 'a.csv', csv, language: 'fr' });
  const second = await client.evaluations.run({ name: 'b.csv', csv, language: 'auto' });
  expect(first.evaluation).toMatchObject({
    engine: 'embedded',
    cases: 2,
    accuracyBp: 10_000,
    recallBp: null,
    specificityBp: 10_000,
    functionalities: [{ name: 'neutral', cases: 2, right: 2 }],
  });
  expect(second.evaluation.casesDigest).toBe(first.evaluation.casesDigest);
  await engine.close();
  const { engine: later } = await temporaryEngine({ dataDir });
  expect((await later.client().evaluations.list({})).items).toEqual([second.evaluation, first.evaluation]);
});
