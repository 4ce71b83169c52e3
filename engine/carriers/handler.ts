import { type AnyRouter, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import type { ErrorCode, ErrorData } from '#shared/errors.ts';
import type { CallContext } from './context.ts';

/**
 * The router behind the text messages of the peer protocol. The library has errors of its own for what happens before a
 * call reaches the router (no such call, an input that cannot be read); here they get codes of the closed list.
 */
export function createTextHandler(router: AnyRouter): RPCHandler<CallContext> {
  return new RPCHandler<CallContext>(router, {
    rootInterceptors: [
      async ({ next, request }) => {
        const result = await next();
        if (result.matched) return result;
        const error = { what: 'call', id: request.url.pathname.slice(1) };
        return { matched: true, response: { headers: {}, ...errorResponse('not-found', error, 404) } };
      },
    ],
    interceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          // The router throws nothing but ORPCError; what else arrives here could not be read as an input.
          if (error instanceof ORPCError) throw error;
          const data = { problem: 'the input cannot be read' };
          throw new ORPCError('bad-input', { defined: true, status: 400, data, cause: error });
        }
      },
    ],
  });
}

/** A typed error as a response, which the client of @orpc/client reads as one. */
export function errorResponse<C extends ErrorCode>(code: C, data: ErrorData<C>, status: number) {
  return { status, body: { json: new ORPCError(code, { defined: true, status, data }).toJSON() } };
}

/** The same in the short form that goes over the wire, for the call `id`. */
export function errorMessage<C extends ErrorCode>(id: string, code: C, data: ErrorData<C>, status: number): string {
  const { body } = errorResponse(code, data, status);
  return JSON.stringify({ i: id, p: { s: status, b: body } });
}
