/** Who waits how long for a turn in the budget that detection and captures share. */
import { expect, test } from 'vitest';
import type { NetResponse } from '../net/net.ts';
import { createClockDouble } from '../base/clock-double.ts';
import { blocked, freshBudget, nextTurn, spacingMs } from './budget.ts';
import { createPlatformGate } from './platform-gate.ts';

const answer: NetResponse = {
  status: 200,
  headers: {},
  finalUrl: 'https://a.example/',
  reach: 'public',
  body: (async function* () {})(),
  discard: () => undefined,
};

function setUp(start = freshBudget) {
  const clock = createClockDouble();
  const asked: { url: string; at: number }[] = [];
  const gate = createPlatformGate({
    platform: 'tiktok',
    clock,
    get: async (url) => {
      asked.push({ url, at: clock.monotonicMs() });
      return answer;
    },
    load: () => start,
    save: () => undefined,
  });
  const never = new AbortController().signal;
  return { clock, gate, asked, never };
}

const captured = { forCapture: true };
const looked = { forCapture: false };
test.each([
  ['first come', [looked, looked], 0, 0],
  ['a capture goes first', [looked, captured, captured], 0, 1],
  ['a third capture in a row still does', [looked, captured], 2, 1],
  ['after three captures a look', [captured, looked, looked], 3, 1],
  ['captures alone wait for nobody', [captured, captured], 9, 0],
])('%s', (_name, waiting, inARow, turn) => {
  expect(nextTurn(waiting, inARow)).toBe(turn);
});

test('a capture that comes while a look waits for its turn takes that turn; the pace stays one question in 3 s', async () => {
  const { clock, gate, asked, never } = setUp();
  for (const name of ['look 1', 'look 2', 'look 3']) void gate.get(name, never);
  await clock.advance(spacingMs - 1);
  for (const name of ['live 1', 'live 2', 'live 3', 'live 4']) void gate.getForCapture(name, never);
  await clock.advance(60_000);
  expect(asked).toEqual(
    ['look 1', 'live 1', 'live 2', 'live 3', 'look 2', 'live 4', 'look 3'].map((url, index) => ({
      url,
      at: index * spacingMs,
    })),
  );
});

test('who gives up leaves the queue at once, and nobody else loses time or a turn', async () => {
  const { clock, gate, asked, never } = setUp();
  void gate.get('first', never);
  const given = new AbortController();
  const up = expect(gate.getForCapture('given up', given.signal)).rejects.toThrow('no longer wanted');
  await clock.advance(1_000);
  given.abort(new Error('no longer wanted'));
  await up;
  void gate.get('second', never);
  await clock.advance(spacingMs);
  expect(asked).toEqual([
    { url: 'first', at: 0 },
    { url: 'second', at: spacingMs },
  ]);
});

test('a clock that is set back while somebody waits costs one pause, not the hour', async () => {
  const { clock, gate, asked, never } = setUp();
  void gate.get('first', never);
  void gate.get('second', never);
  await clock.advance(1_000);
  clock.stepWall(-3_600_000);
  void gate.get('third', never);
  await clock.advance(2 * spacingMs);
  expect(asked.map(({ at }) => at)).toEqual([0, spacingMs, 2 * spacingMs]);
});

test('a refusal that comes while others wait is told to all of them, captures too, without a question', async () => {
  const { clock, gate, asked, never } = setUp();
  void gate.get('first', never);
  const told = Promise.allSettled([gate.get('look', never), gate.getForCapture('live', never)]);
  await clock.advance(1_000);
  gate.heard({ reason: 'challenge-page', retryAfterMs: null, problem: null });
  await clock.advance(spacingMs);
  const refused = { status: 'rejected', reason: { code: 'platform-blocked', data: { reason: 'waiting-out-block' } } };
  expect(await told).toMatchObject([refused, refused]);
  expect(asked).toHaveLength(1);
});

test('a block that outlived a restart is told without a question', async () => {
  const { clock, gate, asked, never } = setUp();
  const before = setUp(blocked(freshBudget, clock.now(), 'challenge-page', null));
  await expect(before.gate.getForCapture('live', never)).rejects.toMatchObject({ code: 'platform-blocked' });
  expect([...before.asked, ...asked]).toEqual([]);
  await gate.get('elsewhere', never);
  expect(asked).toHaveLength(1);
});
