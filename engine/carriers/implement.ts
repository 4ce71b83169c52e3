import { randomUUID } from 'node:crypto';
import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '#shared/contract/index.ts';
import type { CallMeta } from '#shared/contract/base.ts';
import { isVigieError, type VigieError } from '#shared/errors.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../db/store.ts';
import type { CallContext } from './context.ts';
import type { ReadRecord } from './read-record.ts';

/**
 * The contract, ready for its handlers. Every call passes here, whichever carrier brought it: permission, read-only store,
 * record of personal data read, and errors from the closed list only.
 */
export function implementContract(deps: { store: Store; log: Log; readRecord: ReadRecord; newer: string | null }) {
  const os = implement(contract).$context<CallContext>();
  return os.use(async ({ context, path, procedure, next }, input) => {
    const meta = procedure['~orpc'].meta as CallMeta;
    try {
      if (!context.permissions.has(meta.permission)) {
        throw new ORPCError('not-allowed', { data: { permission: meta.permission }, defined: true });
      }
      if (deps.store.readOnly && meta.permission !== 'none' && meta.permission !== 'read') {
        throw new ORPCError('database-newer', { data: { found: deps.newer ?? '', known: '' }, defined: true });
      }
      const result = await next();
      if (meta.personalData) deps.readRecord(context.actor.id, path.join('.'), input);
      return result;
    } catch (error) {
      throw crossTheWall(error, path.join('.'), deps.log);
    }
  });
}

export type Implementer = ReturnType<typeof implementContract>;

/** What a failure looks like on the other side of a carrier. */
export function crossTheWall(error: unknown, call: string, log: Log): ORPCError<string, unknown> {
  if (isVigieError(error)) return fromVigie(error);
  if (error instanceof ORPCError) {
    if (error.defined) return error;
    if (error.code === 'BAD_REQUEST')
      return new ORPCError('bad-input', { data: { problem: inputProblem(error) }, defined: true });
  }
  const reference = randomUUID();
  log.error(
    { call, reference, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    'a call broke',
  );
  return new ORPCError('internal', { data: { reference }, defined: true });
}

function fromVigie(error: VigieError): ORPCError<string, unknown> {
  return new ORPCError(error.code, { data: error.data, message: error.message, defined: true, cause: error });
}

/** Which field is wrong and how, never the value: it may be what somebody said. */
function inputProblem(error: ORPCError<string, unknown>): string {
  const issues = error.cause instanceof ValidationError ? error.cause.issues : [];
  const first = issues[0];
  if (!first) return 'the input does not satisfy the contract';
  const where = (first.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return `${where || 'input'}: ${first.message}`.slice(0, 300);
}
