import type { Fact, FeedEvent, Pulse } from '#shared/model/fact.ts';

/**
 * What a piece of news makes stale, in the words of the stores. `transcript` names one segment by its number; everything
 * else is a list or a figure that is read again as a whole.
 */
export type Touch =
  | { what: 'everything' }
  | {
      what:
        | 'lives'
        | 'queue'
        | 'exports'
        | 'models'
        | 'settings'
        | 'status'
        | 'cases'
        | 'watches'
        | 'folders'
        | 'evaluations';
    }
  | { what: 'live' | 'notes'; liveId: string }
  | { what: 'export'; exportId: string }
  | { what: 'item'; itemId: string }
  | { what: 'transcript'; liveId: string; number: number }
  | { what: 'gaps'; liveId: string };

/** `lastSeq`: the last fact folded; null until the feed has said where it stands. */
export type FeedState = { lastSeq: number | null };

export type Folded = { state: FeedState; touches: Touch[]; pulse?: Pulse; fact?: Fact };

/**
 * Folds one event of the feed. A fact at or before `lastSeq` has been folded already (a resumed feed may repeat) and
 * changes nothing; a position behind ours means that another journal answers, so nothing we hold can be trusted.
 */
export function foldFeedEvent(state: FeedState, event: FeedEvent): Folded {
  switch (event.type) {
    case 'pulse':
      return { state, touches: [], pulse: event.pulse };
    case 'behind':
      return { state: { lastSeq: event.seq }, touches: [{ what: 'everything' }] };
    case 'caught-up':
      if (state.lastSeq !== null && event.seq >= state.lastSeq) return { state: { lastSeq: event.seq }, touches: [] };
      return { state: { lastSeq: event.seq }, touches: [{ what: 'everything' }] };
    case 'fact':
      if (state.lastSeq !== null && event.fact.seq <= state.lastSeq) return { state, touches: [] };
      return { state: { lastSeq: event.fact.seq }, touches: touchesOf(event.fact), fact: event.fact };
  }
}

/** What one fact makes stale. Unknown kinds of a newer engine touch nothing. */
export function touchesOf(fact: Fact): Touch[] {
  const liveId = text(fact.data['liveId']);
  const number = typeof fact.data['number'] === 'number' ? fact.data['number'] : null;
  const segment: Touch[] = liveId !== null && number !== null ? [{ what: 'transcript', liveId, number }] : [];
  switch (fact.kind) {
    case 'live.started':
    case 'live.resumed':
    case 'live.ended':
    case 'capture.stopped':
      return [{ what: 'lives' }, { what: 'live', liveId: liveId ?? fact.subjectId }, { what: 'status' }];
    case 'lane.skipped':
    case 'lane.skip-undone':
    case 'lane.behind':
    case 'lane.caught-up':
    case 'transcription.paused':
    case 'transcription.resumed':
    case 'model.lightened':
    case 'model.restored':
      return [...(liveId === null ? [] : [{ what: 'live' as const, liveId }]), { what: 'lives' }, { what: 'status' }];
    case 'capture.state':
      return [{ what: 'lives' }, { what: 'live', liveId: fact.subjectId }];
    case 'gap.declared':
      return liveId === null ? [] : [{ what: 'gaps', liveId }, { what: 'lives' }];
    case 'segment.heard':
    case 'segment.written':
    case 'segment.failed':
    case 'verdict.given':
      return [...segment, { what: 'lives' }, ...(liveId === null ? [] : [{ what: 'live' as const, liveId }])];
    case 'alert.raised':
    case 'alert.joined':
      return [...segment, { what: 'queue' }, { what: 'lives' }, { what: 'status' }];
    case 'decision.made':
    case 'decision.undone':
      return [{ what: 'queue' }, { what: 'item', itemId: fact.subjectId }, { what: 'lives' }, { what: 'status' }];
    case 'export.requested':
    case 'export.finished':
      return [{ what: 'exports' }, { what: 'export', exportId: fact.subjectId }];
    case 'watch.added':
    case 'watch.changed':
    case 'watch.removed':
    case 'watch.restored':
    case 'watch.state':
      return [{ what: 'watches' }];
    case 'watch.live-started':
    case 'watch.live-ended':
      return [{ what: 'watches' }, { what: 'lives' }];
    case 'live.sound-choice':
    case 'sound.drop-decided':
    case 'sound.dropped':
    case 'sound.kept':
      return [{ what: 'live', liveId: fact.subjectId }, { what: 'lives' }];
    case 'folder.added':
    case 'folder.changed':
    case 'folder.removed':
    case 'folder.restored':
    case 'folder.state':
      return [{ what: 'folders' }];
    case 'folder.file':
      return [{ what: 'folders' }, { what: 'lives' }];
    case 'evaluation.done':
      return [{ what: 'evaluations' }];
    case 'case.created':
    case 'case.changed':
    case 'case.closed':
    case 'case.reopened':
      return [{ what: 'cases' }];
    case 'note.added':
    case 'note.changed':
    case 'note.removed':
    case 'note.restored':
      return liveId === null ? [] : [{ what: 'notes', liveId }];
    case 'segment.edited':
      return segment;
    case 'live.case':
      return [{ what: 'cases' }, { what: 'live', liveId: fact.subjectId }, { what: 'lives' }];
    case 'settings.changed':
      return [{ what: 'settings' }, { what: 'models' }, { what: 'status' }];
    case 'model.requested':
    case 'model.arrived':
    case 'model.deleted':
      return [{ what: 'models' }, { what: 'status' }];
    case 'speech.unavailable':
    case 'speech.available':
    case 'disk.low':
    case 'disk.ok':
    case 'engine.started':
    case 'job.given-up':
    case 'effect.given-up':
      return [{ what: 'status' }];
    default:
      return [];
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
