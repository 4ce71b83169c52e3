import { z } from 'zod';
import { ruleProblems } from './model/rule-problem.ts';

/**
 * The closed list of failures that may cross a wall, each with the data its reader can act on.
 * Everything else is a defect: logged whole, shown as `internal`.
 */
export const errorData = {
  /** Input that does not satisfy the contract. */
  'bad-input': z.object({ problem: z.string() }),
  'not-found': z.object({ what: z.string(), id: z.string() }),
  /** The item changed since `basedOn`: who decided, what and when. */
  'already-decided': z.object({ by: z.string(), verdict: z.string(), at: z.number().int(), decisionId: z.string() }),
  /** Undo of something that can no longer be undone. */
  'cannot-undo': z.object({ reason: z.enum(['already-undone', 'superseded', 'effect-carried-out']) }),
  /** A note, or the text of a segment, is another one than was seen: by whom and when. */
  'note-changed': z.object({ by: z.string(), at: z.number().int() }),
  'text-changed': z.object({ by: z.string(), at: z.number().int() }),
  /** The segment has no words yet that could be corrected. */
  'not-written-yet': z.object({ number: z.number().int() }),
  'not-allowed': z.object({ permission: z.string() }),

  /** More lives than this machine can write down in time, as measured on it. `force` starts it all the same. */
  'capacity-reached': z.object({ running: z.number().int(), capacity: z.number().int(), model: z.string() }),
  /** A closed case takes no new live. */
  'case-closed': z.object({ title: z.string() }),

  /** Labelled cases that cannot be read: where and why. */
  'cases-unusable': z.object({
    problem: z.enum(['not-csv', 'columns', 'label', 'text', 'none']),
    line: z.number().int().nullable(),
    detail: z.string(),
  }),

  /** A rule or a bank of words is another one than was seen: by whom and when. */
  'rule-changed': z.object({ by: z.string(), at: z.number().int() }),
  /** A version of a rule may only become active once it was tried on all that was heard. */
  'rule-not-replayed': z.object({ name: z.string(), version: z.number().int() }),
  'name-taken': z.object({ name: z.string() }),
  /** Rules or banks that cannot be used as they are: each place, in the words of the file where there is one. */
  'rules-unusable': z.object({
    problems: z
      .array(
        z.object({
          where: z.string(),
          line: z.number().int().nullable(),
          problem: z.enum(ruleProblems),
          detail: z.string(),
        }),
      )
      .min(1),
  }),
  'bank-in-use': z.object({ name: z.string(), rules: z.string() }),

  'source-not-found': z.object({ source: z.string() }),
  'source-is-directory': z.object({ source: z.string() }),
  'source-empty': z.object({ source: z.string() }),
  /** All of this sound was erased on purpose. `at`: when that was decided. */
  'sound-dropped': z.object({ liveId: z.string(), at: z.number().int() }),
  /** ffmpeg finds no sound in it, or cannot decode it. */
  'source-unreadable': z.object({ source: z.string(), detail: z.string() }),
  /** A folder that cannot be watched. `other`: the watched folder that is in the way. */
  'folder-unusable': z.object({
    path: z.string(),
    problem: z.enum(['not-found', 'not-a-folder', 'unreadable', 'our-data', 'already-watched', 'overlaps']),
    other: z.string().nullable(),
  }),
  'source-unsupported': z.object({ source: z.string(), detail: z.string() }),
  /** The address guard said no: loopback, private, link-local or a scheme that is not http(s). */
  'address-refused': z.object({ host: z.string(), reason: z.string() }),
  /** Only ffmpeg's own network code speaks this protocol, and nobody allowed it for this source. */
  'protocol-not-allowed': z.object({ scheme: z.string() }),
  /** A microphone or the machine's own sound cannot be opened, or is gone. */
  'device-failed': z.object({ device: z.string(), detail: z.string() }),
  /** An optional program of the user's own is not set, or is no program. */
  'program-unusable': z.object({
    program: z.string(),
    path: z.string(),
    problem: z.enum(['not-set', 'relative', 'not-found', 'not-a-file', 'not-executable']),
  }),
  /** The external resolver found no stream. */
  'resolver-failed': z.object({ tool: z.string(), detail: z.string() }),
  'network-off': z.object({ host: z.string() }),
  /** `retryAfterMs`: how long the server asks to be left alone. */
  'network-failed': z.object({
    host: z.string(),
    detail: z.string(),
    status: z.number().int().optional(),
    retryAfterMs: z.number().int().optional(),
  }),
  'too-many-redirects': z.object({ host: z.string(), limit: z.number().int() }),
  'too-large': z.object({ what: z.string(), limitBytes: z.number().int() }),
  'timed-out': z.object({ what: z.string(), limitMs: z.number().int() }),
  'playlist-invalid': z.object({ detail: z.string() }),
  /** A platform refuses this address; nothing is asked of it before `until` (epoch ms). `reason`: a word of `presenceReasons`. */
  'platform-blocked': z.object({ platform: z.string(), reason: z.string(), until: z.number().int().nullable() }),
  /** The platform answers that this account is not broadcasting. `state` and `reason` as a watch has them. */
  'not-live': z.object({ account: z.string(), state: z.string(), reason: z.string() }),

  'ffmpeg-missing': z.object({ path: z.string() }),
  /** This ffmpeg was built without a protocol or an input device. */
  'ffmpeg-lacks': z.object({ what: z.string(), path: z.string() }),
  'model-missing': z.object({ model: z.string(), known: z.array(z.string()) }),
  'model-invalid': z.object({ model: z.string(), detail: z.string() }),
  /** The file is not the published one of this name: `expected` and `found` are its SHA-256, or its size in bytes. */
  'model-unexpected': z.object({ model: z.string(), expected: z.string(), found: z.string() }),
  /** Loading it would take more memory than the machine has to spare. */
  'model-too-large': z.object({ model: z.string(), needBytes: z.number().int(), memoryBytes: z.number().int() }),
  'model-in-use': z.object({ model: z.string(), reason: z.enum(['bundled', 'chosen', 'live', 'arriving']) }),
  /** No speech worker can be started on this machine. */
  'speech-unavailable': z.object({ detail: z.string() }),
  /** The speech worker died, hung or answered nonsense while it held this sound. */
  'speech-failed': z.object({ reason: z.enum(['crashed', 'timed-out', 'garbage', 'refused']), detail: z.string() }),
  /** The server that was asked to write speech down did not. `retryAfterMs`: its own wish, null when it has none. */
  'speech-remote-failed': z.object({
    host: z.string(),
    reason: z.enum(['key', 'quota', 'model', 'busy', 'refused', 'answer']),
    retryAfterMs: z.number().int().nullable(),
  }),

  'data-folder-unusable': z.object({ path: z.string(), detail: z.string() }),
  'data-folder-owned': z.object({ path: z.string(), ownerPid: z.number().int(), ownerKind: z.string() }),
  'database-newer': z.object({ found: z.string(), known: z.string() }),
  'database-damaged': z.object({ path: z.string(), detail: z.string() }),
  'disk-full': z.object({ path: z.string() }),
  /** Refused before it begins: it would not fit. */
  'disk-short': z.object({ path: z.string(), needBytes: z.number().int(), freeBytes: z.number().int() }),
  'export-failed': z.object({ format: z.string(), detail: z.string() }),
  cancelled: z.object({}),
  'engine-stopped': z.object({ reason: z.string() }),
  internal: z.object({ reference: z.string() }),
} as const;

export type ErrorCode = keyof typeof errorData;
export type ErrorData<C extends ErrorCode = ErrorCode> = z.infer<(typeof errorData)[C]>;
export const errorCodes = Object.keys(errorData) as ErrorCode[];

/** A failure from the closed list. `message` is English and for logs; people read the catalogue entry of `code`. */
export class VigieError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly data: ErrorData<C>;

  constructor(code: C, data: ErrorData<C>, options?: { cause?: unknown }) {
    super(`${code}: ${JSON.stringify(data)}`, options);
    this.name = 'VigieError';
    this.code = code;
    this.data = data;
  }
}

export function isVigieError<C extends ErrorCode>(error: unknown, code?: C): error is VigieError<C> {
  return error instanceof VigieError && (code === undefined || error.code === code);
}

/** A failure that was kept as its log line (`code: {data}`); null when it is not one, or was cut off at a limit of length. */
export function keptError(line: string): VigieError | null {
  const [, code, json] = /^([a-z-]+): (\{.*\})$/s.exec(line) ?? [];
  if (json === undefined || !errorCodes.includes(code as ErrorCode)) return null;
  try {
    return new VigieError(code as ErrorCode, JSON.parse(json) as never);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Bytes of a failure in megabytes (10^6), rounded up, under the names that its sentence uses. */
export function megabytesOf(error: VigieError): Record<string, number> {
  return Object.fromEntries(
    Object.entries(error.data).flatMap(([name, value]) =>
      /^(need|free|memory)Bytes$/.test(name) ? [[name.replace('Bytes', 'Mb'), Math.ceil(Number(value) / 1e6)]] : [],
    ),
  );
}

/** Closes a `switch` over a union: the compiler refuses a forgotten case. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
