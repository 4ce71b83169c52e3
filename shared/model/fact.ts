import { z } from 'zod';
import { id } from '../ids.ts';

/** Every kind of line the journal can hold. Facts carry ids and small figures, never what was said. */
export const factKinds = [
  'engine.started',
  'live.started',
  'live.resumed',
  'live.ended',
  /** The account goes on broadcasting under another room id. */
  'live.room-changed',
  /** What a capture does has changed: its state, since when nothing is heard and why. */
  'capture.state',
  'gap.declared',
  'segment.heard',
  'segment.written',
  'segment.failed',
  'verdict.given',
  'alert.raised',
  'alert.joined',
  'decision.made',
  'decision.undone',
  'capture.stopped',
  'lane.skipped',
  'lane.skip-undone',
  'lane.behind',
  'lane.caught-up',
  'transcription.paused',
  'transcription.resumed',
  'model.lightened',
  'model.restored',
  'speech.restarted',
  'export.requested',
  'export.finished',
  'model.requested',
  'model.arrived',
  'model.deleted',
  'speech.unavailable',
  'speech.available',
  /** Less than an hour of room for sound, or none; and enough again. */
  'disk.low',
  'disk.ok',
  'job.given-up',
  'effect.given-up',
  'watch.added',
  'watch.changed',
  'watch.removed',
  'watch.restored',
  'watch.state',
  'watch.live-started',
  'watch.live-ended',
  /** A person chose what becomes of the sound of a live. */
  'live.sound-choice',
  /** Sound that nobody needs is about to be erased; it was; some of it stays after all. */
  'sound.drop-decided',
  'sound.dropped',
  'sound.kept',
  'folder.added',
  'folder.changed',
  'folder.removed',
  'folder.restored',
  /** A folder can be read again, or not any more. */
  'folder.state',
  /** A recording is being heard, or cannot be. */
  'folder.file',
  'note.added',
  'note.changed',
  'note.removed',
  'note.restored',
  /** A person changed the text of a segment, or took that back; the recogniser's own stays. */
  'segment.edited',
  /** An analyser was tried on labelled cases. */
  'evaluation.done',
  'bank.added',
  'bank.changed',
  'bank.removed',
  'bank.restored',
  'rule.added',
  'rule.changed',
  /** A version of it runs from here on, active or only counted; it does not any more. */
  'rule.enabled',
  'rule.disabled',
  'rule.removed',
  'rule.restored',
  /** A rule that runs matched a segment. */
  'rule.matched',
  'case.created',
  'case.changed',
  'case.closed',
  'case.reopened',
  'live.case',
  'settings.changed',
  'personal-data.read',
] as const;
export type FactKind = (typeof factKinds)[number];

export const factData = z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean(), z.null()]));

export const fact = z.object({
  seq: z.number().int().positive(),
  id,
  at: z.number().int(),
  /** `engine` or the profile's id. */
  actor: z.string(),
  kind: z.enum(factKinds),
  subjectId: z.string(),
  data: factData,
});
export type Fact = z.infer<typeof fact>;

/** Volatile figures of a running capture, at most twice a second; a reader that misses one loses nothing. */
export const pulse = z.object({
  liveId: id,
  captureState: z.string(),
  capturedMs: z.number().int(),
  writtenMs: z.number().int(),
  /** Age of the first sound after the newest text that has no words yet; what waits in the backfill lane does not count. */
  lagMs: z.number().int(),
  /** Loudness of the last half second, 0..10000 of full scale. */
  levelBp: z.number().int(),
  sourceMs: z.number().int().nullable(),
});
export type Pulse = z.infer<typeof pulse>;

/**
 * What a reader of the feed receives. `behind`: too much was missed to replay; read a fresh snapshot and go on from `seq`.
 */
export const feedEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fact'), fact }),
  z.object({ type: z.literal('pulse'), pulse }),
  z.object({ type: z.literal('behind'), seq: z.number().int() }),
  /** The reader is now up to date: everything up to `seq` has been sent. */
  z.object({ type: z.literal('caught-up'), seq: z.number().int() }),
]);
export type FeedEvent = z.infer<typeof feedEvent>;
