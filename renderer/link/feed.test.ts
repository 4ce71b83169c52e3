import { beforeEach, expect, test } from 'vitest';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Fact, FeedEvent } from '#shared/model/fact.ts';
import { connectionUp } from './connection.ts';
import { followFeed } from './feed.ts';
import type { Folded } from './feed-fold.ts';

const fact = (seq: number): FeedEvent => ({
  type: 'fact',
  fact: { seq, id: 'f', at: 0, actor: 'engine', kind: 'alert.raised', subjectId: 's', data: {} } satisfies Fact,
});

beforeEach(() => connectionUp());

test('after a broken connection the feed goes on after the last fact, without loss or doubles', async () => {
  const asked: (number | null)[] = [];
  const stop = new AbortController();
  const connections: FeedEvent[][] = [
    [{ type: 'caught-up', seq: 4 }, fact(5), fact(6)],
    // The engine repeats fact 6: it cannot know whether it arrived.
    [fact(6), fact(7), { type: 'caught-up', seq: 7 }],
  ];
  const feed = {
    async subscribe({ after }: { after: number | null }) {
      asked.push(after);
      const events = connections.shift();
      return (async function* () {
        if (!events) return;
        yield* events;
        throw new Error('socket closed');
      })();
    },
  } as unknown as EngineClient['feed'];
  const folded: Folded[] = [];
  await followFeed({ feed }, (one) => folded.push(one), {
    signal: stop.signal,
    pause: async () => {
      if (connections.length === 0) stop.abort();
    },
  });
  expect(asked).toEqual([null, 6]);
  expect(folded.flatMap((one) => (one.fact ? [one.fact.seq] : []))).toEqual([5, 6, 7]);
});
