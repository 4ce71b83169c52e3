import { useEffect, useState } from 'react';
import type { Tentative } from '#shared/model/tentative.ts';
import { whenUp } from '../link/connection.ts';
import { engine } from '../link/engine.ts';

const pauseMs = 1_000;

/** What is being said now in a live that is being heard, across broken connections; null: nothing, or it is not wanted. */
export function useTentative(liveId: string, wanted: boolean): Tentative | null {
  const [now, setNow] = useState<Tentative | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const end = new AbortController();
    void follow(liveId, setNow, end.signal);
    return () => {
      end.abort();
      setNow(null);
    };
  }, [liveId, wanted]);
  return wanted ? now : null;
}

async function follow(liveId: string, show: (now: Tentative | null) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await whenUp(signal);
      for await (const { tentative } of await engine.lives.tentative({ liveId }, { signal })) show(tentative);
      // It ends with the live.
      return;
    } catch (error) {
      if (signal.aborted) return;
      console.info('tentative text interrupted, resuming', { error });
    }
    show(null);
    await new Promise((resolve) => window.setTimeout(resolve, pauseMs));
  }
}
