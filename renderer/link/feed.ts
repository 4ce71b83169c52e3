import type { EngineClient } from '#shared/contract/index.ts';
import { whenUp } from './connection.ts';
import { foldFeedEvent, type Folded, type FeedState } from './feed-fold.ts';

/** Between two attempts when the feed itself ends at once, so that a broken engine is not asked in a tight loop. */
const pauseMs = 500;

/**
 * Reads the feed for as long as the window lives, from the last fact folded, across any number of broken connections.
 * Ends only with `signal`.
 */
export async function followFeed(
  engine: Pick<EngineClient, 'feed'>,
  receive: (folded: Folded) => void,
  options: { signal: AbortSignal; pause?: (ms: number) => Promise<void> },
): Promise<void> {
  const pause = options.pause ?? ((ms: number) => new Promise<void>((resolve) => window.setTimeout(resolve, ms)));
  let state: FeedState = { lastSeq: null };
  while (!options.signal.aborted) {
    try {
      await whenUp(options.signal);
      const events = await engine.feed.subscribe({ after: state.lastSeq }, { signal: options.signal });
      for await (const event of events) {
        const folded = foldFeedEvent(state, event);
        state = folded.state;
        receive(folded);
      }
    } catch (error) {
      if (options.signal.aborted) return;
      // The connection store already tells the person; the cause stays readable for whoever looks closer.
      console.info('feed interrupted, resuming', { after: state.lastSeq, error });
    }
    await pause(pauseMs);
  }
}
