import type { Engine, EngineOptions, Loopback, openEngine, openLoopback, servePort } from '#engine';
import type { Fact, FeedEvent } from '#shared/model/fact.ts';
import { isVigieError } from '#shared/errors.ts';
import type { EngineStart, FromEngine, ToEngine, WatchNotice } from './engine-messages.ts';

type Port = Parameters<typeof servePort>[0];

/** Electron's process.parentPort, as far as it is used. */
export type ParentPort = {
  on(event: 'message', listener: (event: { data: ToEngine; ports: Port[] }) => void): unknown;
  postMessage(message: FromEngine): void;
};

export type HostParts = {
  parent: ParentPort;
  openEngine: typeof openEngine;
  openLoopback: typeof openLoopback;
  servePort: typeof servePort;
  clock: NonNullable<EngineOptions['clock']>;
  log: NonNullable<EngineOptions['log']>;
  /** Ends this process. */
  exit(code: number): void;
};

const resubscribeMs = 1_000;

/**
 * The life of the engine inside its process: opened when main says with what, reachable by the ports that main hands over
 * and by the command line's door, closed when main says so. A failure of the closed list is told to main; anything
 * else ends the process, which the keeper counts.
 */
export function hostEngine(parts: HostParts): void {
  const { parent, log } = parts;
  const closing = new AbortController();
  let opened: Promise<{ engine: Engine; door: Loopback }> | null = null;

  const defect = (error: unknown) => {
    log.error({ err: error }, 'engine process failed');
    parts.exit(1);
  };
  const refuse = (error: unknown) => {
    if (!isVigieError(error)) return defect(error);
    log.error({ code: error.code }, 'engine refused');
    parent.postMessage({ type: 'refused', code: error.code, data: { ...error.data } });
  };

  const open = async (options: EngineStart) => {
    const { clock } = parts;
    const engine = await parts.openEngine({ ...options, owner: 'desktop', clock, log });
    const door = await parts.openLoopback({ engine, ui: null, clock, log });
    engine.announce({ port: door.port, token: door.cliToken });
    return { engine, door };
  };
  const tellReady = async ({ engine }: { engine: Engine }) => {
    engine.failed.then(refuse, defect);
    const { locale } = await engine.client().system.settings();
    parent.postMessage({ type: 'ready', locale });
    void follow(engine);
  };

  /** Hands on what main must know of the feed. It begins with what happens from now on: older alerts wait in the queue. */
  const follow = async (engine: Engine) => {
    const client = engine.client();
    const { signal } = closing;
    let after: number | null = null;
    while (!signal.aborted) {
      try {
        for await (const event of await client.feed.subscribe({ after }, { signal })) {
          after = seqOf(event) ?? after;
          const news = await newsOf(event, client);
          if (news) parent.postMessage(news);
        }
      } catch (error) {
        if (signal.aborted) return;
        log.error({ err: error }, 'feed broken, notices resume from where it broke');
      }
      await parts.clock.delay(resubscribeMs, signal).catch(() => log.debug({}, 'closing'));
    }
  };

  const close = async () => {
    closing.abort();
    if (opened) {
      const { engine, door } = await opened;
      await door.close();
      await engine.close();
    }
    parts.exit(0);
  };

  parent.on('message', ({ data, ports }) => {
    switch (data.type) {
      case 'open':
        opened ??= open(data.options);
        opened.then(tellReady).catch(refuse);
        return;
      case 'port':
        opened?.then(({ engine }) => {
          for (const port of ports) parts.servePort(port, { router: engine.router, context: engine.context(), log });
        }, refuse);
        return;
      case 'close':
        close().catch(defect);
        return;
    }
  });
}

function seqOf(event: FeedEvent): number | null {
  if (event.type === 'fact') return event.fact.seq;
  return event.type === 'pulse' ? null : event.seq;
}

async function newsOf(event: FeedEvent, client: ReturnType<Engine['client']>): Promise<FromEngine | null> {
  if (event.type !== 'fact') return null;
  const { kind, subjectId, data } = event.fact;
  if (kind === 'alert.raised') {
    const alert = { alertId: subjectId, scoreBp: Number(data.scoreBp ?? 0), urgent: data.lane === 'urgent' };
    return { type: 'alert', alert };
  }
  const notice = watchNoticeOf(event.fact);
  if (notice) return { type: 'watch', notice };
  if (kind === 'settings.changed') return { type: 'locale', locale: (await client.system.settings()).locale };
  return null;
}

function watchNoticeOf({ kind, subjectId, data }: Fact): WatchNotice | null {
  const liveId = typeof data.liveId === 'string' ? data.liveId : null;
  switch (kind) {
    case 'watch.live-started':
      // Neither told of nor begun: it is being heard already, or a person has stopped it.
      return liveId !== null || data.policy === 'notify' ? { happened: 'started', watchId: subjectId, liveId } : null;
    case 'watch.live-ended': {
      const { durationMs, alerts, gaps } = data;
      const figures = { durationMs: Number(durationMs ?? 0), alerts: Number(alerts ?? 0), gaps: Number(gaps ?? 0) };
      return { happened: 'ended', watchId: subjectId, liveId, ...figures };
    }
    default:
      return null;
  }
}
