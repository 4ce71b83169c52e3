import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { slowMachine } from '../testing/slow-machine.ts';

/** A live that has `count` pieces of 10 s waiting, one of them in the recogniser's hands for good. */
async function behind(count = 6) {
  const world = slowMachine();
  world.speed.factor = 1000;
  const id = world.live(1);
  for (let piece = 0; piece < count; piece += 1) world.hear(id, piece * 10_000, piece * 10_000 + 10_000);
  await world.step();
  return { world, id };
}
const lanesOf = (world: ReturnType<typeof slowMachine>, id: string) => world.rows(id).map(({ lane }) => lane);

test('catching up puts what waits behind what comes, and drops nothing', async () => {
  const { world, id } = await behind();
  expect(world.store.transaction(() => world.lanes.skip(id, 'me'))).toEqual({ moved: 5, soundMs: 50_000 });
  world.hear(id, 60_000, 70_000);
  expect(lanesOf(world, id)).toEqual([0, 1, 1, 1, 1, 1, 0]);
  expect(world.lanes.state(id).backfill).toEqual({ segments: 5, soundMs: 50_000 });
  expect(world.next()).toEqual([`transcribe:${world.ids(id)[6]}`]);
  expect(world.facts('lane.skipped')).toMatchObject([
    { subjectId: id, actor: 'me', data: { liveId: id, moved: 5, soundMs: 50_000, fromMs: 10_000 } },
  ]);
});

test('undone, the sound is written down in the order it was said, also when it is old', async () => {
  const { world, id } = await behind();
  world.store.transaction(() => world.lanes.skip(id, 'me'));
  world.hear(id, 60_000, 70_000);
  expect(world.store.transaction(() => world.lanes.undoSkip(id, 'me'))).toEqual({ moved: 5 });
  await world.clock.advance(120_000);
  expect(world.next()[0]).toBe(`transcribe:${world.ids(id)[1]}`);
  expect(lanesOf(world, id)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(world.facts('lane.skip-undone')).toMatchObject([{ subjectId: id, actor: 'me', data: { moved: 5 } }]);
});

test('nothing waits: catching up moves nothing and says so', () => {
  const world = slowMachine();
  expect(world.store.transaction(() => world.lanes.skip(world.live(1), 'me'))).toEqual({ moved: 0, soundMs: 0 });
});

test('what is as old as that leaves the live lane by itself, but for the newest window', async () => {
  const { world, id } = await behind();
  await world.clock.advance(15_001);
  world.next();
  expect(lanesOf(world, id)).toEqual([0, 1, 1, 1, 1, 0]);
});

test('a paused live waits, the others go on; resumed, it gets its words', async () => {
  const world = slowMachine();
  world.speed.factor = 0.1;
  const [paused, other] = [world.live(0), world.live(1)];
  world.store.transaction(() => world.lanes.pause(paused, true, 'me'));
  world.store.transaction(() => world.lanes.pause(paused, true, 'me'));
  world.hear(paused, 0, 10_000);
  world.hear(other, 0, 10_000);
  for (let step = 0; step < 40; step += 1) await world.step();
  expect([world.rows(paused)[0]?.state, world.rows(other)[0]?.state]).toEqual(['heard', 'written']);
  expect(world.lanes.state(paused)).toMatchObject({ paused: true, pausedAll: false });
  world.store.transaction(() => world.lanes.pause(paused, false, 'me'));
  for (let step = 0; step < 40; step += 1) await world.step();
  expect(world.rows(paused)[0]?.state).toBe('written');
  expect(world.facts('transcription.paused')).toHaveLength(1);
  expect(world.facts('transcription.resumed')).toHaveLength(1);
});

test('all transcription paused: nothing begins, everything is heard, and nobody is called late', async () => {
  const world = slowMachine();
  world.speed.factor = 0.1;
  const id = world.live(1);
  world.store.transaction(() => world.lanes.pause(null, true, 'me'));
  world.hear(id, 0, 10_000);
  for (let second = 0; second < 90; second += 1) {
    for (let step = 0; step < 4; step += 1) await world.step();
    world.lanes.look(id);
  }
  expect(world.rows(id)[0]?.state).toBe('heard');
  expect(world.facts('lane.behind')).toEqual([]);
  world.store.transaction(() => world.lanes.pause(null, false, 'me'));
  for (let step = 0; step < 40; step += 1) await world.step();
  expect(world.rows(id)[0]?.state).toBe('written');
});

test('what is urgent goes first', async () => {
  const world = slowMachine();
  world.speed.factor = 1000;
  const [busy, normal, urgent] = [world.live(1), world.live(1), world.live(0)];
  world.hear(busy, 0, 10_000);
  await world.step();
  world.hear(normal, 0, 10_000);
  await world.clock.advance(3000);
  world.hear(urgent, 0, 10_000);
  expect(world.next()).toEqual([`transcribe:${world.ids(urgent)[0]}`]);
});

test('another model stands in until it is taken back, each time with a fact', () => {
  const world = slowMachine('/models/base.bin');
  const id = world.live(1);
  world.store.transaction(() => world.lanes.lighten(id, '/models/tiny.bin', 'engine'));
  expect([world.lanes.modelOf(id), world.lanes.state(id).lighterModel]).toEqual(['/models/tiny.bin', 'tiny.bin']);
  world.store.transaction(() => world.lanes.lighten(id, null, 'me'));
  expect(world.lanes.modelOf(id)).toBe('/models/base.bin');
  const told = [...world.facts('model.lightened'), ...world.facts('model.restored')];
  expect(told.map(({ data }) => [data['from'], data['to']])).toEqual([
    ['base.bin', 'tiny.bin'],
    ['tiny.bin', 'base.bin'],
  ]);
});

test('a live that does not exist is not found', () => {
  const world = slowMachine();
  const nobody = newId(world.clock.now());
  expect(() => world.lanes.skip(nobody, 'me')).toThrow('not-found');
  expect(() => world.lanes.state(nobody)).toThrow('not-found');
  expect(() => world.lanes.pause(nobody, true, 'me')).toThrow('not-found');
});

test('a machine is idle for a live only while no live waits for words, and its words are on time unless paused, late or in the backfill', async () => {
  const world = slowMachine();
  world.speed.factor = 1000;
  const [shown, other] = [world.live(1), world.live(1)];
  expect([world.lanes.isIdle(shown), world.lanes.isOnTime(shown, 1000)]).toEqual([true, true]);
  world.hear(other, 0, 5_000);
  expect(world.lanes.isIdle(shown), 'another live waits').toBe(false);
  await world.step();
  expect(world.lanes.isIdle(shown), 'the recogniser has it').toBe(true);
  expect(world.lanes.isIdle(other), 'its own segment is not written yet').toBe(false);
  world.store.transaction(() => world.lanes.pause(shown, true, 'me'));
  expect(world.lanes.isOnTime(shown, 1000)).toBe(false);
  world.store.transaction(() => world.lanes.pause(shown, false, 'me'));
  expect(world.lanes.isOnTime(shown, 1000)).toBe(true);
  world.store.transaction(() => world.lanes.pause(null, true, 'me'));
  expect(world.lanes.isOnTime(shown, 1000)).toBe(false);
});
