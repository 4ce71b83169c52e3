import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLines, temporaryFolder, vigie } from './run-vigie.ts';

const demoLive = path.resolve(import.meta.dirname, '../../resources/demo/live-en.ogg');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let liveId: string;
const ask = (...args: string[]) => vigie([...args, '--data', path.join(folder.path, 'data'), '--locale', 'en']);
const asked = async (...args: string[]) => jsonLines((await ask(...args, '--json')).stdout);

beforeAll(async () => {
  folder = await temporaryFolder();
  liveId = String((await asked('watch', demoLive, '--language', 'en'))[0]!['liveId']);
}, 120_000);
afterAll(() => folder.remove());

it('notes a moment, corrects a segment and finds both readings', async () => {
  expect(await asked('note', liveId, 'show to Sofia', '--at', '0:00:12.5')).toMatchObject([
    { type: 'note', atMs: 12_500, text: 'show to Sofia', number: 4 },
  ]);
  expect((await ask('notes', liveId)).stdout).toMatch(/00:12\.5 {2}show to Sofia/);
  const [segment] = await asked('correct', liveId, '4', 'add some brioche to the soup.');
  expect(segment).toMatchObject({
    type: 'segment',
    number: 4,
    edited: { text: 'add some brioche to the soup.', version: 1 },
  });
  for (const words of ['BRIOCHE', String(segment!['text'])])
    expect(await asked('search', words)).toMatchObject([{ type: 'hit', liveId, number: 4 }]);
  expect((await ask('correct', liveId, '4', '--original')).stdout).toContain('stands alone again');
  expect((await ask('search', 'brioche')).stderr).toContain('Nothing like that was said');
}, 60_000);

it.each([
  [['note', 'LIVE', 'x', '--at', '1:99:99'], /is not a moment/],
  [['note', 'LIVE', 'x', '--at', '1:60'], /is not a moment/],
  [['note', 'LIVE', 'x'.repeat(4_001)], /4,?000 characters at most/],
  [['correct', 'LIVE', '4', ' '], /--original/],
  [['correct', 'LIVE', '4'], /one of the two/],
  [['search', ' "* '], /at least one word/],
  [['search', 'x'.repeat(201)], /200 characters at most/],
] as const)('%j is refused with a sentence', async (args, says) => {
  const { code, stderr } = await ask(...args.map((arg) => (arg === 'LIVE' ? liveId : arg)));
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});
