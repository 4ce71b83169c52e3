import { isVigieError, type VigieError } from '#shared/errors.ts';
import type { ResolverStep } from '#shared/model/watch.ts';
import type { Clock } from '../../base/clock.ts';
import type { PlatformGet } from '../resolver.ts';
import { type Reading, reading } from './reading.ts';
import { type Answer, readPatience, readRefusal } from './refusal.ts';

type Step = Exclude<ResolverStep['step'], 'stream'>;

/** The questions put to the platform in one go, and what came of each. */
export type Asking = {
  steps: ResolverStep[];
  /** The longest patience that was asked for. */
  retryAfterMs(): number | null;
  /** Our own network failed: nothing more is to be asked. */
  problem(): VigieError | null;
  ask(step: Step, url: string, read: (text: string) => Reading): Promise<Reading>;
};

export function createAsking(clock: Clock, get: PlatformGet, signal: AbortSignal): Asking {
  const steps: ResolverStep[] = [];
  let retryAfterMs: number | null = null;
  let problem: VigieError | null = null;
  const wait = (ms: number | null) => {
    if (ms !== null) retryAfterMs = Math.max(retryAfterMs ?? 0, ms);
  };

  const answer = async (url: string): Promise<Answer> => {
    const response = await get(url, signal);
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body) pieces.push(piece);
    return {
      status: response.status,
      retryAfter: response.headers['retry-after'] ?? null,
      text: new TextDecoder().decode(Buffer.concat(pieces)),
    };
  };

  type Heard = { found: Reading; detail: ResolverStep['detail'] };
  const read = async (url: string, parse: (text: string) => Reading): Promise<Heard> => {
    try {
      const given = await answer(url);
      wait(readPatience(given.retryAfter, clock.now()));
      const found = readRefusal(given) ?? parse(given.text);
      return { found, detail: { status: given.status, bytes: given.text.length } };
    } catch (error) {
      if (!isVigieError(error) || error.code === 'cancelled') throw error;
      if (isVigieError(error, 'platform-blocked')) {
        if (error.data.until !== null) wait(Math.max(0, error.data.until - clock.now()));
        return { found: reading('bloque', 'waiting-out-block'), detail: { code: error.code } };
      }
      if (error.code === 'too-large')
        return { found: reading(null, 'unreadable-answer'), detail: { code: error.code } };
      problem = error;
      return { found: reading(null, 'unreachable'), detail: { code: error.code } };
    }
  };

  return {
    steps,
    retryAfterMs: () => retryAfterMs,
    problem: () => problem,
    async ask(step, url, parse) {
      const began = clock.monotonicMs();
      const { found, detail } = await read(url, parse);
      steps.push({
        step,
        outcome: outcomeOf(found),
        detail: { ...detail, reason: found.reason, ...(found.roomId ? { roomId: found.roomId } : {}) },
        tookMs: Math.round(clock.monotonicMs() - began),
      });
      return found;
    },
  };
}

function outcomeOf(found: Reading): ResolverStep['outcome'] {
  if (found.state === 'bloque') return 'blocked';
  if (found.state === 'en_ligne' || found.state === 'actif') return 'ok';
  if (found.state !== null) return 'no';
  return found.roomId ? 'ok' : 'failed';
}
