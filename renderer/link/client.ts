import { createORPCClient, type ClientLink } from '@orpc/client';
import type { EngineClient } from '#shared/contract/index.ts';
import { useConnection, whenUp } from './connection.ts';
import { receivePorts } from './port.ts';
import { openSession } from './session.ts';
import { openSocketLink } from './socket.ts';

declare global {
  interface Window {
    /** Set by the desktop's preload, and by nothing else. */
    vigieShell?: { kind: 'desktop' };
  }
}

type Link = ClientLink<Record<never, never>>;

/** How long a call waits for an engine that is not there before it says so. */
const patienceMs = 8_000;

/** The engine, whichever wall it is behind. Calls made while it is away wait a little, then fail. */
export type EngineLink = { engine: EngineClient; start(): Promise<void> };

/** One client for the whole window; `start` opens the carrier that this window has. */
export function createEngineLink(win: Window = window): EngineLink {
  let current: Link | null = null;
  const outer: Link = {
    async call(path, input, options) {
      if (current === null || useConnection.getState().state !== 'up') await whenUp(patience(options.signal));
      if (current === null) throw new Error('no carrier');
      return current.call(path, input, options);
    },
  };
  return {
    engine: createORPCClient<EngineClient>(outer),
    async start() {
      if (win.vigieShell?.kind === 'desktop') {
        receivePorts((link) => {
          current = link;
        }, win);
        return;
      }
      await openSession(win).catch((cause: unknown) => console.warn('session not opened', cause));
      current = openSocketLink(win);
    },
  };
}

function patience(signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(patienceMs);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}
