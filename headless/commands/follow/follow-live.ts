import type { Fact, FactKind } from '#shared/model/fact.ts';
import type { Connection } from '../../connect.ts';
import { ask, readFeed } from './feed.ts';
import { createTeller, type FollowedLive, type LiveListener, type Teller } from './teller.ts';

const laneKinds = new Set<FactKind>([
  'lane.behind',
  'lane.caught-up',
  'lane.skipped',
  'lane.skip-undone',
  'model.lightened',
  'model.restored',
  'transcription.paused',
  'transcription.resumed',
]);

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
  const { seq, speechTrouble, disk, transcriptionPaused } = await ask(connection, (client) => client.system.status());
  const { liveId } = await start();
  const teller = await createTeller(connection, liveId, listener);
  const onFact = createFactReader(connection, liveId, teller);
  if (speechTrouble) listener.speech(speechTrouble);
  // Said before anybody wonders why no word comes.
  if (transcriptionPaused) listener.lane({ kind: 'transcription.paused', subjectId: 'all', data: {} });
  if (disk.state !== 'ok') listener.disk(disk);

  for await (const event of readFeed(connection, seq, () => listener.broken())) {
    let over = false;
    switch (event.type) {
      case 'pulse':
        if (event.pulse.liveId === liveId) listener.pulse(event.pulse);
        break;
      case 'fact':
        if (event.fact.kind === 'speech.unavailable' || event.fact.kind === 'speech.available') {
          listener.speech((await ask(connection, (client) => client.system.status())).speechTrouble);
        }
        if (event.fact.kind === 'disk.low' || event.fact.kind === 'disk.ok') {
          listener.disk((await ask(connection, (client) => client.system.status())).disk);
        }
        if (event.fact.kind === 'capture.state' && event.fact.subjectId === liveId) listener.capture(event.fact);
        if (laneKinds.has(event.fact.kind) && [liveId, 'all'].includes(event.fact.subjectId)) listener.lane(event.fact);
        over = await onFact(event.fact);
        break;
      case 'behind':
        await teller.look();
        await teller.tell();
        for (const { id } of teller.segments) await teller.retell(id);
        over = await finish(connection, teller);
        break;
      case 'caught-up':
        break;
    }
    if (over) break;
  }
  const { live, gaps, segments } = teller;
  return { live, gaps, segments };
}

/** What each fact asks for. The answer is true when the live is over and all of it has been told. */
function createFactReader(connection: Connection, liveId: string, teller: Teller): (fact: Fact) => Promise<boolean> {
  const verdictsSeen = new Map<number, number>();

  return async ({ kind, subjectId, data }) => {
    if (data.liveId !== liveId && subjectId !== liveId) return kind === 'job.given-up' && finish(connection, teller);
    const number = Number(data.number);
    switch (kind) {
      case 'segment.heard':
      case 'segment.written':
      case 'segment.failed':
        if (number >= teller.next() && data.state !== 'heard') await teller.tell();
        return finish(connection, teller);
      case 'verdict.given': {
        const times = (verdictsSeen.get(number) ?? 0) + 1;
        verdictsSeen.set(number, times);
        if (number >= teller.next()) await teller.tell();
        // News of a first verdict that was fetched ahead of it has nothing to add.
        else if (times > 1) await teller.retell(subjectId);
        return finish(connection, teller);
      }
      case 'alert.raised': {
        const segment = teller.segments[number - 1];
        if (segment) await teller.tellAlert(subjectId, segment);
        return false;
      }
      case 'gap.declared':
        await teller.look();
        // With segments still waiting, the gap keeps its place before the first that follows it.
        if (teller.segments.length >= teller.live.segments) teller.tellGaps();
        return false;
      case 'live.ended':
      case 'live.resumed':
      case 'job.given-up':
        await teller.look();
        return finish(connection, teller);
      default:
        return false;
    }
  };
}

/** Tells the rest of a live that has ended. False while something of it still waits. */
async function finish(connection: Connection, teller: Teller): Promise<boolean> {
  if (teller.live.state === 'en_cours') return false;
  if (!(await teller.tell())) {
    // A segment that nothing works on any more is told as it is.
    const { backlog } = await ask(connection, (client) => client.system.status());
    if (backlog.transcribe + backlog.analyse > 0 || !(await teller.tell(true))) return false;
  }
  await teller.look();
  teller.tellGaps();
  return true;
}
