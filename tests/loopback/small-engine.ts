import { implement } from '@orpc/server';
import { v7 as uuid } from 'uuid';
import { contract } from '#shared/contract/index.ts';
import type { FeedEvent } from '#shared/model/fact.ts';
import type { CallContext } from '../../engine/carriers/context.ts';

export const subjectId = uuid();

/** A few calls of the contract with real schemas, enough for a carrier: an answer, a refusal, a defect, a stream. */
export function createSmallEngine() {
  const made = implement(contract).$context<CallContext>();
  const counts = { calls: 0, openStreams: 0, produced: 0 };
  let padding = '';

  const router = {
    lives: {
      list: made.lives.list.handler(() => {
        counts.calls += 1;
        return { items: [], next: null };
      }),
      get: made.lives.get.handler(({ input, errors }) => {
        counts.calls += 1;
        throw errors['not-found']({ data: { what: 'live', id: input.liveId } });
      }),
      stop: made.lives.stop.handler(() => {
        counts.calls += 1;
        throw new Error('a defect');
      }),
    },
    feed: {
      subscribe: made.feed.subscribe.handler(async function* ({ input, signal }): AsyncGenerator<FeedEvent> {
        counts.openStreams += 1;
        try {
          for (let seq = (input.after ?? 0) + 1; !signal?.aborted; seq += 1) {
            counts.produced += 1;
            yield factEvent(seq, padding);
            if (seq % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
          }
        } finally {
          counts.openStreams -= 1;
        }
      }),
    },
  };
  return {
    router,
    counts,
    /** Makes facts heavier, so that a reader falls behind sooner. */
    pad(characters: number) {
      padding = 'x'.repeat(Math.min(characters, 200));
    },
    context: (): CallContext => ({
      actor: { id: subjectId, name: 'test' },
      permissions: new Set(['none', 'read', 'decide', 'operate', 'administer']),
    }),
  };
}

function factEvent(seq: number, padding: string): FeedEvent {
  const data = Object.fromEntries(padding ? Array.from({ length: 50 }, (_, index) => [`k${index}`, padding]) : []);
  return {
    type: 'fact',
    fact: {
      seq,
      id: subjectId,
      at: 1_767_225_600_000 + seq,
      actor: 'engine',
      kind: 'segment.written',
      subjectId,
      data,
    },
  };
}
