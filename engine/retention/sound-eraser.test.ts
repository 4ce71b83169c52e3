import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { createAlertsStore } from '../alerts/alerts-store.ts';
import { createLivesStore } from '../lives/lives-store.ts';
import { createSegmentsStore, type WrittenText } from '../lives/segments-store.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { createSoundEraser } from './sound-eraser.ts';
import { createSoundService } from './sound-service.ts';
import { createSoundStore } from './sound-store.ts';

const hourMs = 3_600_000;
const minuteBytes = 44 + 60_000 * 32;

/** A live of five minutes of silence that is over since two hours, its files on disk, and an engine that is about to start. */
function overSinceTwoHours() {
  const base = temporaryStore();
  const { store, clock, journal, dataDir, log } = base;
  const lives = createLivesStore(store, clock);
  const segments = createSegmentsStore(store, clock);
  const alerts = createAlertsStore(store, clock);
  const liveId = newId(clock.now());
  const segmentIds: string[] = [];
  store.transaction(() => {
    lives.insert({
      id: liveId,
      title: 'Direct',
      account: null,
      source: JSON.stringify({ kind: 'stdin' }),
      source_kind: 'stdin',
      source_label: '-',
      state: 'termine',
      outcome: 'termine',
      capture_state: 'ended',
      on_demand: 0,
      started_at: clock.now() - 2 * hourMs - 300_000,
      ended_at: clock.now() - 2 * hourMs,
      end_reason: 'source-ended',
      end_error: null,
      language: 'fr',
      model: 'm',
      pace: null,
      source_ms: null,
      keep_audio: 0,
    });
    for (let minute = 0; minute < 5; minute += 1) {
      const place = { startMs: minute * 60_000, endMs: (minute + 1) * 60_000 };
      segmentIds.push(segments.insert({ liveId, number: minute + 1, ...place, state: 'silent' }));
      lives.addSegment(liveId, { open: false, endMs: place.endMs });
    }
  });
  const spool = path.join(dataDir, 'spool', liveId);
  mkdirSync(spool, { recursive: true });
  for (let minute = 0; minute < 5; minute += 1)
    writeFileSync(path.join(spool, `${String(minute * 60_000).padStart(12, '0')}.wav`), Buffer.alloc(minuteBytes));
  const sound = createSoundStore(store, clock);
  const service = createSoundService({ store, sound, journal, clock });
  const eraser = (more: Partial<typeof service> = {}) =>
    createSoundEraser({
      sound,
      service: { ...service, ...more },
      clock,
      log,
      spoolDir: () => spool,
      afterMs: () => hourMs,
    });
  const raise = (minute: number) =>
    store.transaction(() =>
      alerts.raise({ liveId, segmentId: segmentIds[minute]!, lane: 'normal', reasons: ['hate'], scoreBp: 9000 }),
    );
  const facts = () =>
    journal
      .after(0, 1000)
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('sound.'));
  return {
    ...base,
    liveId,
    segments,
    segmentIds,
    sound,
    service,
    eraser,
    raise,
    facts,
    files: () => readdirSync(spool).length,
  };
}

const unweighed: WrittenText = {
  state: 'written',
  text: 'bonjour',
  language: 'fr',
  words: [],
  filtered: [],
  trust: { noSpeechBp: null, meanLogProbMilli: null, compressionRatioMilli: null, speechMs: null },
  speechModelId: null,
  windowMs: 1000,
  processingMs: 1,
};

/** Lets real file work settle between steps of a clock that stands still. */
const until = (what: () => unknown, is: unknown) => expect.poll(what).toEqual(is);

test('the age of a live is believed after ten minutes without a jump of the clock, and not before', async () => {
  const { clock, eraser, files, facts } = overSinceTwoHours();
  /** Closing waits for what is under way; whatever was begun by then has left its fact. */
  const ran = async (during: () => Promise<void>) => {
    const one = eraser();
    one.start();
    await during();
    await one.close();
    return [files(), facts()];
  };
  expect(await ran(async () => undefined)).toEqual([5, []]);
  expect(await ran(() => clock.advance(9 * 60_000))).toEqual([5, []]);
  // The wall clock jumps, as one does that was wrong: the ten minutes begin anew.
  const jumped = async () => {
    await clock.advance(9 * 60_000);
    clock.stepWall(400 * 24 * hourMs);
    await clock.advance(60_000);
  };
  expect(await ran(jumped)).toEqual([5, []]);
  const whole = async () => {
    await clock.advance(10 * 60_000);
    await until(facts, ['sound.drop-decided', 'sound.dropped']);
  };
  expect(await ran(whole)).toEqual([0, ['sound.drop-decided', 'sound.dropped']]);
});

test.each(['failed', 'written and never weighed', 'corrected by a person'] as const)(
  'a passage that is %s keeps its sound',
  async (state) => {
    const { clock, eraser, files, service, liveId, store, segments, segmentIds } = overSinceTwoHours();
    store.transaction(() => {
      const id = segmentIds[4]!;
      if (state === 'failed') segments.fail(id, 'speech-failed: {}');
      else if (state === 'written and never weighed') segments.write(id, unweighed);
      else {
        store.raw.prepare("INSERT INTO profiles (id, name, created_at) VALUES ('p', 'lea', 0)").run();
        store.raw.prepare("INSERT INTO segment_edits VALUES ('e', ?, 1, 'autre chose', 'p', 1, 0)").run(id);
      }
    });
    const one = eraser();
    one.start();
    await clock.advance(10 * 60_000);
    // Its minute, and that of the thirty seconds before it.
    await until(files, 2);
    expect(service.drops(liveId)).toMatchObject([{ startMs: 0, endMs: 180_000 }]);
    await one.close();
  },
);

test('what a crash left between the decision and the last file is finished by the next start', async () => {
  const { clock, eraser, files, facts, liveId, service } = overSinceTwoHours();
  let asked = 0;
  const dying = eraser({
    mayStillGo: (live, file) => {
      asked += 1;
      if (asked === 3) throw new Error('the power went out');
      return service.mayStillGo(live, file);
    },
  });
  dying.start();
  await clock.advance(10 * 60_000);
  await until(files, 3);
  await dying.close();
  expect(facts()).toEqual(['sound.drop-decided']);
  // What is decided is told as gone already, whole.
  expect(service.drops(liveId)).toMatchObject([{ startMs: 0, endMs: 300_000 }]);

  const next = eraser();
  next.start();
  await until(files, 0);
  await until(facts, ['sound.drop-decided', 'sound.dropped']);
  await next.close();
});

test('an alert that comes between the decision and the erasing keeps what it needs', async () => {
  const { clock, eraser, files, facts, liveId, service, raise, sound } = overSinceTwoHours();
  const late = eraser({
    mayStillGo: (live, file) => {
      if (file.startMs === 120_000) raise(4);
      return service.mayStillGo(live, file);
    },
  });
  late.start();
  await clock.advance(10 * 60_000);
  await until(facts, ['sound.drop-decided', 'sound.kept', 'sound.dropped']);
  expect(files()).toBe(3);
  expect(service.drops(liveId)).toMatchObject([{ startMs: 0, endMs: 120_000 }]);
  expect(sound.unfinished()).toEqual([]);
  expect(service.stillThere(liveId, { startMs: 100_000, endMs: 130_000 })).toEqual({
    startMs: 120_000,
    endMs: 130_000,
  });
  await late.close();
});

test('a person who wants the sound after all has the last word', async () => {
  const { clock, eraser, files, facts, liveId, service, store } = overSinceTwoHours();
  const late = eraser({
    mayStillGo: (live, file) => {
      store.transaction(() => service.choose(liveId, true, 'lea'));
      return service.mayStillGo(live, file);
    },
  });
  late.start();
  await clock.advance(10 * 60_000);
  await until(facts, ['sound.drop-decided', 'sound.kept']);
  expect([files(), service.drops(liveId)]).toEqual([5, []]);
  await late.close();
});

test('nothing goes of a live whose alert waits, however old it is, nor of one that is kept', async () => {
  const { clock, eraser, files, facts, raise } = overSinceTwoHours();
  raise(0);
  const one = eraser();
  one.start();
  await clock.advance(48 * hourMs);
  expect([files(), facts()]).toEqual([5, []]);
  await one.close();
});
