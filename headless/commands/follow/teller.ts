import type { Alert } from '#shared/model/alert.ts';
import type { Fact, Pulse } from '#shared/model/fact.ts';
import type { Gap, Live } from '#shared/model/live.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { DiskRoom, SpeechTrouble } from '#shared/model/system.ts';
import type { Connection } from '../../connect.ts';
import { ask } from './feed.ts';
import { createTold } from './told.ts';

/** What a reader of a live gets to hear, in the order in which it should be told. */
export type LiveListener = {
  live(live: Live): void;
  segment(segment: Segment): void;
  /** A segment told before has a new verdict. */
  revised(segment: Segment): void;
  alert(alert: Alert & { text: string }, segment: Segment): void;
  gap(gap: Gap): void;
  pulse(pulse: Pulse): void;
  /** What the capture does has changed (a fact `capture.state`). */
  capture(changed: Fact): void;
  /** Room for sound: told when it gets short, and when there is enough again. */
  disk(room: DiskRoom): void;
  broken(): void;
  /** Whether sound can be written down: told when it cannot, and when it can again. */
  speech(trouble: SpeechTrouble | null): void;
  /** How the words of this live come has changed: late, on time again, another model, paused. */
  lane(fact: Pick<Fact, 'kind' | 'subjectId' | 'data'>): void;
};

export type FollowedLive = { live: Live; gaps: Gap[]; segments: Segment[] };

/** Fetches what facts point to and tells it: segments in order and once, gaps at their place, each alert once. */
export type Teller = FollowedLive & {
  /** The first number that has not been told. */
  next(): number;
  /** Reads live and gaps again. */
  look(): Promise<void>;
  /** Tells the segments that are settled; with `all` also those of which nothing more will come. True when none is left waiting. */
  tell(all?: boolean): Promise<boolean>;
  /** Looks at a segment told before: its verdict may be another, an alert may have come. */
  retell(segmentId: string): Promise<void>;
  tellAlert(alertId: string, segment: Segment): Promise<void>;
  /** Gaps that start by then and have not been told. */
  tellGaps(untilMs?: number): void;
};

const pageSize = 200;

export async function createTeller(connection: Connection, liveId: string, listener: LiveListener): Promise<Teller> {
  const told = createTold();
  const toldGaps = new Set<string>();
  const toldAlerts = new Set<string>();
  const segments: Segment[] = [];
  const read = () => ask(connection, (client) => client.lives.get({ liveId }));

  const teller: Teller = {
    ...(await read()),
    segments,
    next: told.next,
    async look() {
      Object.assign(teller, await read());
    },
    async tell(all = false) {
      for (;;) {
        const fromNumber = told.next();
        const { items } = await ask(connection, (client) =>
          client.lives.segments({ liveId, fromNumber, limit: pageSize }),
        );
        for (const segment of told.take(items, all)) {
          teller.tellGaps(segment.startMs);
          segments.push(segment);
          listener.segment(segment);
          if (segment.alertId !== null) await teller.tellAlert(segment.alertId, segment);
        }
        if (items.length < pageSize || told.next() === fromNumber)
          return items.every(({ number }) => number < told.next());
      }
    },
    async retell(segmentId) {
      const segment = await ask(connection, (client) => client.lives.segment({ segmentId }));
      if (told.revise(segment)) {
        segments[segment.number - 1] = segment;
        listener.revised(segment);
      }
      if (segment.alertId !== null && segment.number < told.next()) await teller.tellAlert(segment.alertId, segment);
    },
    async tellAlert(alertId, segment) {
      if (toldAlerts.has(alertId)) return;
      toldAlerts.add(alertId);
      listener.alert(await ask(connection, (client) => client.alerts.get({ alertId })), segment);
    },
    tellGaps(untilMs = Number.POSITIVE_INFINITY) {
      for (const gap of teller.gaps.toSorted((a, b) => a.startMs - b.startMs)) {
        if (gap.startMs > untilMs || toldGaps.has(gap.id)) continue;
        toldGaps.add(gap.id);
        listener.gap(gap);
      }
    },
  };
  listener.live(teller.live);
  return teller;
}
