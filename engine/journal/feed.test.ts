import { expect, test } from 'vitest';
import type { FeedEvent } from '#shared/model/fact.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { createFeed, replayLimit } from './feed.ts';

function withFeed() {
  const made = temporaryStore();
  const feed = createFeed(made.journal);
  const add = (count = 1) =>
    made.store.transaction(() => {
      for (let n = 0; n < count; n += 1) made.journal.append({ kind: 'segment.heard', subjectId: 's' });
    });
  return { ...made, feed, add };
}

const label = (event: FeedEvent) =>
  event.type === 'fact'
    ? `fact ${event.fact.seq}`
    : event.type === 'pulse'
      ? `pulse ${event.pulse.capturedMs}`
      : `${event.type} ${event.seq}`;

async function take(events: AsyncGenerator<FeedEvent, void, void>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const next = await events.next();
    if (next.done) break;
    taken.push(label(next.value));
  }
  return taken;
}

test('what was missed comes first, then what happens now, without loss or doubles', async () => {
  const { feed, add } = withFeed();
  add(3);
  const reader = feed.subscribe(1);
  expect(await take(reader, 3)).toEqual(['fact 2', 'fact 3', 'caught-up 3']);
  const waiting = take(reader, 2);
  add(2);
  expect(await waiting).toEqual(['fact 4', 'fact 5']);
});

test('a reader that went away goes on from its last number', async () => {
  const { feed, add } = withFeed();
  add(2);
  const first = feed.subscribe(0);
  expect(await take(first, 1)).toEqual(['fact 1']);
  await first.return();
  add(1);
  expect(await take(feed.subscribe(1), 3)).toEqual(['fact 2', 'fact 3', 'caught-up 3']);
});

test('too much missed, or a number from another database, asks for a fresh snapshot', async () => {
  const { feed, add } = withFeed();
  add(replayLimit + 1);
  expect(await take(feed.subscribe(0), 2)).toEqual([`behind ${replayLimit + 1}`, `caught-up ${replayLimit + 1}`]);
  expect(await take(feed.subscribe(999_999), 1)).toEqual([`behind ${replayLimit + 1}`]);
});

test('only the newest pulse of a live waits for a slow reader', async () => {
  const { feed } = withFeed();
  const reader = feed.subscribe(null);
  expect(await take(reader, 1)).toEqual(['caught-up 0']);
  const pulse = (liveId: string, capturedMs: number) =>
    feed.pulse({ liveId, captureState: 'capturing', capturedMs, writtenMs: 0, lagMs: 0, levelBp: 0, sourceMs: null });
  for (let ms = 1; ms <= 1000; ms += 1) pulse('a', ms);
  pulse('b', 7);
  expect(await take(reader, 2)).toEqual(['pulse 1000', 'pulse 7']);
});

test('an abort ends the reader even while it waits', async () => {
  const { feed } = withFeed();
  const abort = new AbortController();
  const reader = feed.subscribe(null, abort.signal);
  await take(reader, 1);
  const end = reader.next();
  abort.abort();
  expect((await end).done).toBe(true);
});
