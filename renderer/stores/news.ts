import { engine } from '../link/engine.ts';
import { followFeed } from '../link/feed.ts';
import type { Folded } from '../link/feed-fold.ts';
import { useConnection } from '../link/connection.ts';
import { announceLane } from './announce-lane.ts';
import { announceWatch } from './announce-watch.ts';
import { createFreshness } from './freshness.ts';
import { forgetPulse, receivePulse } from './pulses.ts';
import { queryClient } from './queries.ts';
import { touchSegment, touchTranscripts } from './transcripts.ts';

/** Lets the feed keep every store true, for as long as the window lives. */
export function followNews(signal: AbortSignal): void {
  const freshen = createFreshness(queryClient);
  const receive = ({ touches, pulse, fact }: Folded) => {
    if (pulse) receivePulse(pulse);
    if (fact) {
      announceLane(fact);
      announceWatch(fact);
    }
    if (fact?.kind === 'live.ended') forgetPulse(fact.subjectId);
    for (const touch of touches) {
      if (touch.what === 'transcript') touchSegment(touch.liveId, touch.number);
      if (touch.what === 'everything') touchTranscripts();
    }
    freshen(touches);
  };
  useConnection.subscribe((now, before) => {
    if (now.state !== 'up' || before.state === 'up') return;
    // What failed while the engine was away is asked again; what was read is kept true by the feed.
    void queryClient.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
    void queryClient.invalidateQueries({ queryKey: ['status'] });
  });
  void followFeed(engine, receive, { signal });
}
