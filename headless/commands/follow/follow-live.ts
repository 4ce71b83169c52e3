import type { Alert } from '#shared/model/alert.ts';
import type { Fact, Pulse } from '#shared/model/fact.ts';
import type { Gap, Live } from '#shared/model/live.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { Connection } from '../../connect.ts';
import { ask, readFeed } from './feed.ts';
import { createTold, isSettled } from './told.ts';

/** What a reader of a live gets to hear, in the order in which it should be told. */
export type LiveListener = {
  live(live: Live): void;
  segment(segment: Segment): void;
  /** A segment told before has a new verdict. */
  revised(segment: Segment): void;
  alert(alert: Alert & { text: string }, segment: Segment): void;
  gap(gap: Gap): void;
  pulse(pulse: Pulse): void;
  broken(): void;
};

export type FollowedLive = { live: Live; gaps: Gap[]; segments: Segment[] };

const pageSize = 200;

/**
 * Starts a live and tells it to its end: facts say what changed, and what they point to is fetched. The place in the feed
 * is taken before the start, so that nothing falls between; resuming by number makes repeated news harmless.
 * Resolves when the live has ended and everything heard is written, weighed and told.
 */
export async function followLive(
  connection: Connection,
  start: () => Promise<{ liveId: string }>,
  listener: LiveListener,
): Promise<FollowedLive> {
  const { seq } = await ask(connection, (client) => client.system.status());
  const { liveId } = await start();
  const told = createTold();
  const segments: Segment[] = [];
  const toldGaps = new Set<string>();
  const toldAlerts = new Set<string>();
  const verdictsSeen = new Map<number, number>();

  const look = () => ask(connection, (client) => client.lives.get({ liveId }));
  let { live, gaps } = await look();
  listener.live(live);

  const tellAlert = async (alertId: string, segment: Segment) => {
    if (toldAlerts.has(alertId)) return;
    toldAlerts.add(alertId);
    listener.alert(await ask(connection, (client) => client.alerts.get({ alertId })), segment);
  };

  const tellGaps = (untilMs: number) => {
    for (const gap of gaps.toSorted((a, b) => a.startMs - b.startMs)) {
      if (gap.startMs > untilMs || toldGaps.has(gap.id)) continue;
      toldGaps.add(gap.id);
      listener.gap(gap);
    }
  };

  /** Tells what can be told. True when no segment is left waiting. */
  const tell = async (all = false): Promise<boolean> => {
    for (;;) {
      const fromNumber = told.next();
      const { items } = await ask(connection, (client) =>
        client.lives.segments({ liveId, fromNumber, limit: pageSize }),
      );
      for (const segment of told.take(items, all)) {
        tellGaps(segment.startMs);
        segments.push(segment);
        listener.segment(segment);
        if (segment.alertId !== null) await tellAlert(segment.alertId, segment);
      }
      if (items.length < pageSize || told.next() === fromNumber)
        return items.every((item) => item.number < told.next());
    }
  };

  const retell = async (segmentId: string) => {
    const segment = await ask(connection, (client) => client.lives.segment({ segmentId }));
    const revised = told.revise(segment);
    if (revised) {
      segments[segment.number - 1] = segment;
      listener.revised(segment);
    }
    if (segment.alertId !== null && segment.number < told.next()) await tellAlert(segment.alertId, segment);
  };

  /** True when the live is over and all of it has been told. */
  const finish = async (): Promise<boolean> => {
    if (live.state === 'en_cours') return false;
    let left = !(await tell());
    if (left) {
      // A segment that nothing works on any more is told as it is.
      const { backlog } = await ask(connection, (client) => client.system.status());
      if (backlog.transcribe + backlog.analyse > 0) return false;
      left = !(await tell(true));
    }
    if (left) return false;
    ({ live, gaps } = await look());
    tellGaps(Number.POSITIVE_INFINITY);
    return true;
  };

  const onFact = async ({ kind, subjectId, data }: Fact): Promise<boolean> => {
    if (data.liveId !== liveId && subjectId !== liveId) return kind === 'job.given-up' && finish();
    const number = Number(data.number);
    switch (kind) {
      case 'gap.declared':
        ({ live, gaps } = await look());
        if (segments.length >= live.segments) tellGaps(Number.POSITIVE_INFINITY);
        return finish();
      case 'verdict.given': {
        const times = (verdictsSeen.get(number) ?? 0) + 1;
        verdictsSeen.set(number, times);
        // News of a first verdict that was fetched ahead of it has nothing to add.
        if (number < told.next() && times > 1) await retell(subjectId);
        else if (number >= told.next()) await tell();
        return finish();
      }
      case 'segment.written':
      case 'segment.failed':
        if (number >= told.next()) await tell();
        return finish();
      case 'alert.raised':
      case 'alert.joined': {
        const segment = segments[number - 1];
        if (kind === 'alert.raised' && segment) await tellAlert(subjectId, segment);
        return false;
      }
      case 'live.ended':
      case 'live.resumed':
      case 'job.given-up':
        ({ live, gaps } = await look());
        return finish();
      default:
        return false;
    }
  };

  const catchUp = async (): Promise<boolean> => {
    ({ live, gaps } = await look());
    await tell();
    for (const segment of segments.filter(isSettled)) await retell(segment.id);
    return finish();
  };

  for await (const event of readFeed(connection, seq, () => listener.broken())) {
    if (event.type === 'pulse') {
      if (event.pulse.liveId === liveId) listener.pulse(event.pulse);
    } else if (event.type === 'behind' ? await catchUp() : event.type === 'fact' && (await onFact(event.fact))) {
      break;
    }
  }
  return { live, gaps, segments };
}
