/** A speech engine that asks a server first, where that is allowed, and writes everything else down here. */
import { isVigieError } from '#shared/errors.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { RemoteSpeechState } from '#shared/model/system.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Net } from '../../net/net.ts';
import type { SpeechEngine, SpeechRequest } from '../speech-engine.ts';
import type { Transcript } from '../transcript.ts';
import { askRemote, type RemoteServer } from './remote-client.ts';
import { type SpeechCallsStore, speechCallId } from './speech-calls-store.ts';
import { restMs, whyLocal } from './why-local.ts';

export type RemoteTerms = {
  enabled: boolean;
  server: RemoteServer;
  /** Most sound that may be sent in a day (UTC), ms. */
  budgetMs: number;
};

const dayMs = 86_400_000;

/** The terms as the settings hold them. */
export const remoteTerms = ({ remoteSpeech }: Settings): RemoteTerms => ({
  enabled: remoteSpeech.enabled,
  server: remoteSpeech,
  budgetMs: remoteSpeech.minutesPerDay * 60_000,
});

/**
 * Nothing waits for the network: a sound that the server does not write down is written down by `local` at once, and the server is left
 * in peace for a while. Who may be asked is read anew for each sound.
 */
export function createRemoteFirst(deps: {
  terms(): RemoteTerms;
  /** The secret, read when it is needed and never kept. */
  key(): string | null;
  /** Whether the case this live belongs to allows its sound to leave. */
  consent(liveId: string): boolean;
  networkAllowed(): boolean;
  calls: SpeechCallsStore;
  net: Net;
  clock: Clock;
  log: Log;
}) {
  const { calls, clock, log } = deps;
  let failures = 0;
  let restUntil = 0;
  let lastFailure: RemoteSpeechState['lastFailure'] = null;

  const refusal = (terms: RemoteTerms, consent: boolean, soundMs: number) =>
    whyLocal({
      enabled: terms.enabled,
      network: deps.networkAllowed(),
      consent,
      spentMs: calls.spentMs(clock.now() - (clock.now() % dayMs)),
      budgetMs: terms.budgetMs,
      soundMs,
      restUntil,
      now: clock.now(),
    });

  /** The server's transcript, or null when this sound has to be written down here. */
  async function ask(request: SpeechRequest, closing: AbortSignal): Promise<Transcript | null> {
    const { pcm, liveId, language } = request;
    const terms = deps.terms();
    const soundMs = pcm.length / 16;
    if (refusal(terms, deps.consent(liveId), soundMs) !== null) return null;
    const { host } = new URL(terms.server.baseUrl);
    const id = speechCallId({ liveId, host, model: terms.server.model, pcm });
    if (!calls.arm({ id, liveId, host, model: terms.server.model, soundMs })) return null;
    const since = clock.monotonicMs();
    const took = () => Math.round(clock.monotonicMs() - since);
    try {
      const signal = request.signal ? AbortSignal.any([request.signal, closing]) : closing;
      const question = { pcm, language, prompt: request.prompt ?? '' };
      const transcript = await askRemote(terms.server, deps.key(), question, { net: deps.net, clock, signal });
      calls.close(id, 'done', took());
      failures = 0;
      lastFailure = null;
      return {
        ...transcript,
        by: { worker: 'remote', library: host, device: 'remote', modelName: terms.server.model },
      };
    } catch (error) {
      if (!isVigieError(error)) throw error;
      const failed = isVigieError(error, 'speech-remote-failed') ? error.data : null;
      calls.close(id, failed?.reason ?? error.code, took());
      if (isVigieError(error, 'cancelled')) throw error;
      failures += 1;
      restUntil = clock.now() + restMs(failures, failed?.retryAfterMs ?? null);
      lastFailure = { code: error.code, reason: failed?.reason ?? null, at: clock.now(), restUntil };
      log.warn({ liveId, host, code: error.code, reason: failed?.reason }, 'remote transcription failed');
      return null;
    }
  }

  return {
    /** `local` with the server before it. */
    before(local: SpeechEngine): SpeechEngine {
      const closing = new AbortController();
      return {
        ...local,
        async transcribe(request) {
          return (await ask(request, closing.signal)) ?? local.transcribe(request);
        },
        async close() {
          closing.abort();
          await local.close();
        },
      };
    },
    state(): RemoteSpeechState {
      const terms = deps.terms();
      return {
        hasKey: deps.key() !== null,
        host: new URL(terms.server.baseUrl).host,
        model: terms.server.model,
        spentMs: calls.spentMs(clock.now() - (clock.now() % dayMs)),
        budgetMs: terms.budgetMs,
        localBecause: refusal(terms, true, 1),
        lastFailure,
      };
    },
  };
}
