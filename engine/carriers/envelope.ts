/**
 * Reads one message of the peer protocol of @orpc/standard-server-peer 1.16 (`{ i: id, t?: type, p: payload }`) before
 * the library sees it. The library trusts its peer (it reads files, forms and event streams out of a message and calls
 * string methods on whatever `u` is); ours may be hostile, so only what the contract needs is let through.
 */
export type Envelope =
  | { kind: 'call'; id: string }
  | { kind: 'abort'; id: string }
  /** Wrong, but it says which call it was: that call gets a typed error. */
  | { kind: 'refused'; id: string; problem: string }
  /** Nobody can be answered: the connection ends. */
  | { kind: 'unreadable'; problem: string };

const callType = 1;
const abortType = 4;
/** Deeper than any input of the contract; far from where a recursive validator runs out of stack. */
const maxDepth = 32;
const path = /^\/[A-Za-z0-9-]{1,60}(?:\/[A-Za-z0-9-]{1,60}){0,5}$/;
const id = /^[\x21-\x7e]{1,64}$/;
/** Keys that mean something to JavaScript itself; no input of the contract has them. */
const poisonous = new Set(['__proto__', 'constructor', 'prototype']);
/** Dates, NaN and undefined (types 1 to 3). Patterns, sets, maps, addresses and big numbers have no use in an input. */
const acceptedTypes = new Set([1, 2, 3]);

export function readEnvelope(text: string): Envelope {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? 'not JSON' : String(error) };
  }
  if (!isRecord(message)) return { kind: 'unreadable', problem: 'not an object' };
  if (typeof message.i !== 'string' || !id.test(message.i)) return { kind: 'unreadable', problem: 'no call id' };

  const problem = problemOf(message);
  if (problem !== null) return { kind: 'refused', id: message.i, problem };
  return { kind: message.t === abortType ? 'abort' : 'call', id: message.i };
}

function problemOf(message: Record<string, unknown>): string | null {
  const extra = unknownKey(message, ['i', 't', 'p']);
  if (extra) return extra;
  if (message.t === abortType) return null;
  if (message.t !== undefined && message.t !== callType) return 'unknown message type';

  const request = message.p;
  if (!isRecord(request)) return 'no request';
  const extraInRequest = unknownKey(request, ['u', 'b', 'h', 'm']);
  if (extraInRequest) return extraInRequest;
  if (typeof request.u !== 'string' || !path.test(request.u)) return 'not the name of a call';
  if (request.m !== undefined && request.m !== 'POST') return 'unknown method';
  return headersProblem(request.h) ?? bodyProblem(request.b);
}

/** `last-event-id` is what a client that resumes a stream sends; other headers would change how the body is read. */
function headersProblem(headers: unknown): string | null {
  if (headers === undefined) return null;
  if (!isRecord(headers)) return 'headers are not an object';
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'last-event-id' || typeof value !== 'string' || value.length > 200) return 'header not accepted';
  }
  return null;
}

function bodyProblem(body: unknown): string | null {
  if (body === undefined) return null;
  if (!isRecord(body)) return 'body is not an object';
  return unknownKey(body, ['json', 'meta']) ?? metaProblem(body.meta) ?? treeProblem(body.json);
}

function metaProblem(meta: unknown): string | null {
  if (meta === undefined) return null;
  if (!Array.isArray(meta) || meta.length > 1000) return 'meta is not a short list';
  for (const entry of meta as unknown[]) {
    if (!Array.isArray(entry) || entry.length > maxDepth || !acceptedTypes.has(entry[0] as number)) {
      return 'meta entry not accepted';
    }
    const segments = entry.slice(1) as unknown[];
    if (!segments.every((segment) => typeof segment === 'string' || typeof segment === 'number')) {
      return 'meta path not accepted';
    }
  }
  return null;
}

/** Walks without recursion: depth is exactly what a hostile peer would use against us. */
function treeProblem(root: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= maxDepth) return 'nested too deeply';
    for (const key of Object.keys(value)) {
      if (poisonous.has(key)) return 'key not accepted';
      open.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 });
    }
  }
  return null;
}

function unknownKey(record: Record<string, unknown>, known: readonly string[]): string | null {
  return Object.keys(record).every((key) => known.includes(key)) ? null : 'unknown key';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
