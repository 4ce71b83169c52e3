import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '#shared/contract/index.ts';
import type { FactKind, FeedEvent } from '#shared/model/fact.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { Connection } from '../../connect.ts';
import { followLive } from './follow-live.ts';

const liveId = 'live';
let state: {
  live: object;
  gaps: object[];
  segments: Segment[];
  backlog: number;
  speechTrouble?: object | null;
  disk?: object;
};
let seq: number;
let heard: string[];

const segment = (number: number, verdictId: string | null, more: Partial<Segment> = {}): Segment =>
  ({
    id: `s${number}`,
    liveId,
    number,
    startMs: number * 1000,
    endMs: number * 1000 + 900,
    state: 'written',
    verdict: verdictId && { id: verdictId },
    alertId: null,
    ...more,
  }) as Segment;
const fact = (kind: FactKind, subjectId: string, data: object = {}): FeedEvent => {
  seq += 1;
  return { type: 'fact', fact: { seq, id: 'f', at: 0, actor: 'engine', kind, subjectId, data: { liveId, ...data } } };
};
const verdict = (number: number) => fact('verdict.given', `s${number}`, { number });
const set = (change: Partial<typeof state>) => Object.assign(state, change);

/** One line of feed events; a step may change what the engine knows, yield an event, or break the line. */
type Step = () => FeedEvent | null | 'break';

function connectionOf(lines: Step[][]): Connection & { subscribedAfter: (number | null)[] } {
  const subscribedAfter: (number | null)[] = [];
  const client = (steps: Step[]) =>
    ({
      system: {
        status: async () => ({
          seq,
          speechTrouble: state.speechTrouble ?? null,
          disk: state.disk ?? { state: 'ok', minutesLeft: null },
          backlog: { transcribe: state.backlog, analyse: 0, oldestMs: 0 },
        }),
      },
      lives: {
        get: async () => ({ live: state.live, gaps: state.gaps }),
        segments: async ({ fromNumber = 1 }) => ({
          items: state.segments.filter(({ number }) => number >= fromNumber),
        }),
        segment: async ({ segmentId }: { segmentId: string }) => state.segments.find(({ id }) => id === segmentId),
      },
      alerts: { get: async ({ alertId }: { alertId: string }) => ({ id: alertId }) },
      feed: {
        subscribe: async ({ after }: { after: number | null }) => {
          subscribedAfter.push(after);
          return (async function* () {
            for (const step of steps) {
              const event = step();
              if (event === 'break') throw new Error('socket closed');
              if (event) yield event;
            }
          })();
        },
      },
    }) as unknown as EngineClient;
  const clients = lines.map(client);
  let line = 0;
  return {
    get client() {
      return clients[line]!;
    },
    engine: null,
    reopen: async () => {
      line += 1;
      if (line >= clients.length) throw new Error('no more lines in this script');
    },
    close: async () => undefined,
    subscribedAfter,
  };
}

const follow = (connection: Connection) =>
  followLive(connection, async () => ({ liveId }), {
    live: () => heard.push('live'),
    segment: ({ number }) => heard.push(`#${number}`),
    revised: ({ number }) => heard.push(`#${number} again`),
    alert: ({ id }) => heard.push(id),
    gap: ({ id }) => heard.push(id),
    pulse: () => heard.push('pulse'),
    broken: () => heard.push('broken'),
    capture: ({ data }) => heard.push(`${data.state} since ${data.sinceMs} (${data.cause})`),
    disk: (room) => heard.push(`disk ${room.state}`),
    lane: ({ kind, data }) => heard.push(`${kind} ${data.p95Ms ?? ''}`.trim()),
    speech: (trouble) => heard.push(trouble ? `speech: ${trouble.code}` : 'speech again'),
  });

const ended = (): FeedEvent => {
  set({ live: { state: 'termine', segments: state.segments.length, endReason: 'source-ended' } });
  return fact('live.ended', liveId);
};

beforeEach(() => {
  state = { live: { state: 'en_cours', segments: 0 }, gaps: [], segments: [], backlog: 0 };
  seq = 40;
  heard = [];
});

describe('following a live', () => {
  it('tells segments in order whatever order verdicts come in, each once, with its alert', async () => {
    const connection = connectionOf([
      [
        () => (set({ segments: [segment(1, null), segment(2, 'b', { alertId: 'alert2' })] }), verdict(2)),
        () => fact('alert.raised', 'alert2', { number: 2 }),
        () => (set({ segments: [segment(1, 'a'), segment(2, 'b', { alertId: 'alert2' })] }), verdict(1)),
        () => verdict(2),
        ended,
      ],
    ]);
    const { segments } = await follow(connection);
    expect(heard).toEqual(['live', '#1', '#2', 'alert2']);
    expect(segments.map(({ number }) => number)).toEqual([1, 2]);
    expect(connection.subscribedAfter).toEqual([40]);
  });

  it('goes on after a broken line from the last fact, without telling anything twice', async () => {
    const connection = connectionOf([
      [() => (set({ segments: [segment(1, 'a')] }), verdict(1)), () => 'break'],
      [() => (set({ segments: [segment(1, 'a'), segment(2, 'b')] }), verdict(2)), ended],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', '#1', 'broken', '#2']);
    expect(connection.subscribedAfter).toEqual([40, 41]);
  });

  it('reads everything afresh when it fell too far behind', async () => {
    const connection = connectionOf([
      [
        () => (set({ segments: [segment(1, 'a')] }), verdict(1)),
        () => (set({ segments: [segment(1, 'a2'), segment(2, 'b')] }), { type: 'behind', seq: (seq = 900) }),
        ended,
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', '#1', '#2', '#1 again']);
  });

  it('tells a second verdict of a segment once', async () => {
    const both = { segments: [segment(1, 'a')] };
    const connection = connectionOf([
      [
        () => (set(both), verdict(1)),
        () => (set({ segments: [segment(1, 'a2', { alertId: 'late' })] }), verdict(1)),
        () => verdict(1),
        ended,
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', '#1', '#1 again', 'late']);
  });

  it('tells a gap before the first segment after it, and silence without waiting for a verdict', async () => {
    const gaps = [{ id: 'gap1', startMs: 1950, endMs: 2000 }];
    const segments = [segment(1, null, { state: 'silent' }), segment(2, 'b')];
    const connection = connectionOf([
      [
        () => (set({ gaps, segments, live: { state: 'en_cours', segments: 2 } }), fact('gap.declared', 'gap1')),
        () => fact('segment.heard', 's1', { number: 1, state: 'silent' }),
        ended,
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', '#1', 'gap1', '#2']);
  });

  it('waits after the end for what is still being worked on, and not for what nothing works on', async () => {
    const connection = connectionOf([
      [
        () => (set({ segments: [segment(1, null)], backlog: 1 }), ended()),
        () => (heard.push('still waiting'), fact('personal-data.read', 's1')),
        () => (set({ backlog: 0 }), fact('job.given-up', 'job')),
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', 'still waiting', '#1']);
  });

  it('tells when nothing can be written down, and when it can again', async () => {
    const connection = connectionOf([
      [
        () => (set({ speechTrouble: { code: 'speech-unavailable' } }), fact('speech.unavailable', 'speech')),
        () => (set({ speechTrouble: null }), fact('speech.available', 'speech')),
        ended,
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', 'speech: speech-unavailable', 'speech again']);
  });

  it('tells that the words are late or paused, of this live and of all, and of no other', async () => {
    const connection = connectionOf([
      [
        () => fact('lane.behind', liveId, { liveId, p95Ms: 7_000 }),
        () => fact('lane.behind', 'another', { liveId: 'another', p95Ms: 9_000 }),
        () => fact('transcription.paused', 'all'),
        ended,
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', 'lane.behind 7000', 'transcription.paused']);
  });

  it('tells what the capture does, since when and why, and that room is short', async () => {
    const connection = connectionOf([
      [
        () => fact('capture.state', liveId, { state: 'stalled', sinceMs: 4_000, cause: 'stall' }),
        () => fact('capture.state', 'other', { liveId: 'other', state: 'stalled', sinceMs: 1, cause: 'stall' }),
        () => (set({ disk: { state: 'low', minutesLeft: 42 } }), fact('disk.low', 'disk')),
        () => (set({ disk: { state: 'ok', minutesLeft: 90 } }), fact('disk.ok', 'disk')),
        ended,
      ],
    ]);
    await follow(connection);
    expect(heard).toEqual(['live', 'stalled since 4000 (stall)', 'disk low', 'disk ok']);
  });

  it('leaves other lives alone', async () => {
    const connection = connectionOf([[() => fact('verdict.given', 'x1', { liveId: 'other', number: 1 }), ended]]);
    await follow(connection);
    expect(heard).toEqual(['live']);
  });
});
