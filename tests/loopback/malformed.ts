import { contract } from '#shared/contract/index.ts';
import { subjectId } from './small-engine.ts';

/**
 * What must follow: a typed error for the call that the message names, the end of the connection, or (where chance may
 * hit an input that is right) any reply.
 */
export type Malformed = {
  data: string | Buffer;
  raw?: boolean;
  expected: 'error' | 'close' | 'reply';
  id: string | null;
};

/** Every call of the contract by its path. The doctor takes no input and starts programs: it is not called by chance. */
const callPaths = Object.entries(contract)
  .flatMap(([desk, calls]) => Object.keys(calls).map((name) => `/${desk}/${name}`))
  .filter((path) => path !== '/system/doctor');
const inputKeys = ['liveId', 'commandId', 'limit', 'after', 'itemId', 'patch', 'source', 'text', 'cursor', 'basedOn'];

/** A small seeded generator (mulberry32), so that a failure can be played again. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const wrongValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  'text',
  '\ud800',
  '\u0000',
  'x'.repeat(5000),
  [],
  [[]],
  {},
  { json: 1 },
  { toString: 1 },
  // oxlint-disable-next-line unicorn/no-thenable -- a hostile peer would
  { then: 'me' },
  { length: 1e9 },
  [{ $ref: '#' }],
];
const unknownCalls = [
  '/lives',
  '/lives/list/again',
  '/lives/toString',
  '/lives/hasOwnProperty',
  '/feed',
  '/~orpc',
  '/exports/everything',
  '/system/eval',
  '/LIVES/LIST',
  '/lives/list/',
  '/lives//list',
  '/lives/%6cist',
  '/__proto__/list',
  '/constructor/constructor',
  '//evil.example/lives/list',
  'http://evil.example/lives/list',
  'lives/list',
  '/',
  '',
];

/** One malformed message; `id` is the call it names, where it names one. */
export function malformed(random: () => number, number: number): Malformed {
  const id = `m${number}`;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const text = (message: unknown): Malformed => ({ data: JSON.stringify(message), expected: 'error', id });
  const literal = (data: string): Malformed => ({ data, expected: 'error', id });
  const closing = (data: string | Buffer, raw = false): Malformed => ({ data, raw, expected: 'close', id: null });
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  const valid = JSON.stringify({ i: id, p: { u: '/lives/get', b: { json: { liveId: subjectId } } } });
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  const kinds: (() => Malformed)[] = [
    // Named calls with something wrong in them.
    () => text({ i: id, p: { u: '/lives/get', b: { json: pick(wrongValues) } } }),
    () => text({ i: id, p: { u: '/lives/get', b: { json: { liveId: pick(wrongValues) } } } }),
    () => text({ i: id, p: { u: '/lives/list', b: { json: { limit: pick(['1', 1.5, -1, 1e9, null, [], {}]) } } } }),
    () => text({ i: id, p: { u: '/feed/subscribe', b: { json: { after: pick(['0', -1, 0.5, {}, [], true]) } } } }),
    () => text({ i: id, p: { u: '/lives/get', b: pick([...wrongValues.slice(0, 10), { json: {}, maps: [[0]] }]) } }),
    () => text({ i: id, p: { u: pick(unknownCalls), b: { json: {} } } }),
    () => text({ i: id, p: { u: pick(wrongValues), b: { json: {} } } }),
    () => text({ i: id, p: pick(wrongValues) }),
    () => text({ i: id, t: pick([0, 2, 3, 5, -1, '1', null, {}]), p: { u: '/lives/list' } }),
    () => text({ i: id, p: { u: '/lives/list', m: pick(['GET', 'DELETE', 1, null]), b: { json: {} } } }),
    () => text({ i: id, p: { u: '/lives/list', extra: 1 } }),
    () => text({ i: id, p: { u: '/lives/list', h: { 'content-disposition': 'attachment; filename=x' } } }),
    () =>
      text({
        i: id,
        p: { u: '/lives/list', h: { 'content-type': pick(['multipart/form-data', 'text/event-stream']) } },
      }),
    () =>
      text({
        i: id,
        p: { u: '/lives/get', b: { json: { liveId: '1' }, meta: [[pick([0, 4, 5, 6, 7, 99]), 'liveId']] } },
      }),
    () => text({ i: id, p: { u: '/lives/get', b: { json: {}, meta: [[1, 'no', 'such', 'path']] } } }),
    () => text({ i: id, p: { u: '/lives/get', b: { json: {}, meta: [[3, '__proto__', 'polluted']] } } }),
    () => text({ i: id, p: { u: '/lives/get', b: { json: {}, meta: pick(wrongValues.slice(1)) } } }),
    () => literal(`{"i":"${id}","p":{"u":"/lives/get","b":{"json":{"__proto__":{"polluted":true},"liveId":"x"}}}}`),
    () => literal(`{"i":"${id}","p":{"u":"/lives/get","b":{"json":{"constructor":{"prototype":{"polluted":true}}}}}}`),
    () => literal(`{"i":"${id}","__proto__":{"t":4},"p":{"u":"/lives/list"}}`),
    () => literal(`{"i":"${id}","p":{"u":"/lives/get","b":{"json":${nested(33 + Math.floor(random() * 10_000))}}}}`),
    () => literal(`{"i":"${id}","p":{"u":"/lives/list","b":{"json":${'['.repeat(5000)}${']'.repeat(5000)}}}}`),
    () => ({ ...text({ i: id, p: { u: pick(callPaths), b: { json: pick(wrongValues) } } }), expected: 'reply' }),
    () => {
      const json = Object.fromEntries(inputKeys.filter(() => random() < 0.4).map((key) => [key, pick(wrongValues)]));
      return { ...text({ i: id, p: { u: pick(callPaths), b: { json } } }), expected: 'reply' };
    },
    // Messages that name nobody.
    () => closing(bytes(1 + Math.floor(random() * 200))),
    () => closing(bytes(1 + Math.floor(random() * 60)).toString('latin1')),
    () => closing(valid.slice(0, 1 + Math.floor(random() * (valid.length - 1)))),
    () => closing(JSON.stringify(pick(wrongValues))),
    () => closing(JSON.stringify({ p: { u: '/lives/list' } })),
    () =>
      closing(
        JSON.stringify({
          i: pick([...wrongValues.filter((value) => value !== 'text'), '', 'x'.repeat(65), 'a b']),
          p: { u: '/lives/list' },
        }),
      ),
    () => closing('['.repeat(100_000)),
    // Bytes that are no frames at all: a reserved opcode, then noise.
    () => closing(Buffer.concat([Buffer.from([0x83 | Math.floor(random() * 4), 0x80]), bytes(40)]), true),
  ];
  // Rare, because each costs a megabyte to send.
  if (number % 500 === 0) return closing('x'.repeat(1_500_000));
  return pick(kinds)();
}
