import type { Note } from '#shared/model/note.ts';
import type { Alert, AlertStatus } from '#shared/model/alert.ts';
import type { Device } from '#shared/model/device.ts';
import type { FactKind } from '#shared/model/fact.ts';
import type { ExportFormat } from '#shared/model/export.ts';
import type { Gap, Live } from '#shared/model/live.ts';
import type { Decision } from '#shared/model/review.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { ModelArrival, SpeechModel } from '#shared/model/speech-model.ts';
import type { Check, DiskRoom, SystemStatus } from '#shared/model/system.ts';
import type { Verdict } from '#shared/model/verdict.ts';
import type { Band } from '#shared/policy/risk.ts';
import type { ReferenceScore } from '../reference/score-live.ts';
import type { AccountEvent, AccountRefusedEvent, AccountStepEvent, AccountTestEvent } from './account-events.ts';
import type { CaseEvent, CaseLiveEvent } from './case-events.ts';
import type { EvaluationEvent, EvaluationMissEvent } from './evaluation-events.ts';
import type { RulesOutput } from './rule-events.ts';
import type { FolderEvent, FolderFileEvent } from './folder-events.ts';

/**
 * What a command has to say, one value per line of `--json`. Field names are stable and documented in
 * docs/command-line.md: `...Ms` are milliseconds from the start of the live, `at`/`...At` epoch milliseconds UTC,
 * scores are 0.00 to 1.00. Codes (band, category, ...) never depend on the language; `justification` and `message` do.
 */
export type LiveEvent = { type: 'live'; liveId: string; source: string; maxScore: number | null } & Pick<
  Live,
  | 'title'
  | 'account'
  | 'state'
  | 'captureState'
  | 'startedAt'
  | 'endedAt'
  | 'endReason'
  | 'language'
  | 'model'
  | 'capturedMs'
  | 'writtenMs'
  | 'sourceMs'
  | 'segments'
  | 'gaps'
  | 'alerts'
  | 'pendingAlerts'
>;

type Judged = {
  score: number | null;
  band: Band | null;
  category: Verdict['category'] | null;
  virality: Verdict['virality'] | null;
  hate: boolean | null;
};

/** One segment, told once, when nothing more of it is awaited; segments of a live come in order of `number`. */
export type SegmentEvent = { type: 'segment'; alertId: string | null } & Judged &
  Pick<
    Segment,
    | 'liveId'
    | 'number'
    | 'startMs'
    | 'endMs'
    | 'state'
    | 'text'
    | 'language'
    | 'filtered'
    | 'failure'
    | 'edited'
    | 'writtenBy'
  >;

/** A segment in which everything that was looked for stands. `at`: when it was said, epoch ms. */
export type HitEvent = Omit<SegmentEvent, 'type'> & {
  type: 'hit';
  liveTitle: string;
  account: string | null;
  at: number;
};

export type NoteEvent = { type: 'note' } & Note;

/** What is being said now, only when it was asked for; `stable`: the beginning of `text` that was heard twice. A segment takes its place. */
export type TentativeEvent = {
  type: 'tentative';
  liveId: string;
  startMs: number;
  endMs: number;
  stable: string;
  text: string;
};

/** Follows its segment; `revised` when a later analyser replaced an earlier verdict. */
export type VerdictEvent = {
  type: 'verdict';
  score: number;
  justification: string;
  quotes: string[];
  revised: boolean;
} & Pick<Segment, 'liveId' | 'number' | 'startMs' | 'endMs'> &
  Pick<
    Verdict,
    'band' | 'category' | 'virality' | 'hate' | 'target' | 'targetText' | 'engine' | 'model' | 'policyVersion'
  >;

/** `justification` and `quotes` are null where the command lists alerts without reading their segments. */
export type AlertEvent = {
  type: 'alert';
  alertId: string;
  number: number;
  title: string;
  score: number;
  band: Band;
  text: string;
  justification: string | null;
  quotes: string[] | null;
} & Pick<Alert, 'liveId' | 'itemId' | 'account' | 'startMs' | 'endMs' | 'lane' | 'reasons' | 'rules' | 'status' | 'at'>;

export type GapEvent = { type: 'gap'; gapId: string } & Pick<Gap, 'liveId' | 'startMs' | 'endMs' | 'cause'>;

/** What a capture does has changed. `sinceMs`: end of the last sound that was heard; `cause`: why none comes, null when it does. */
export type CaptureEvent = {
  type: 'capture';
  liveId: string;
  state: Live['captureState'];
  sinceMs: number;
  cause: Gap['cause'] | null;
  at: number;
};

/** Room for sound on the disk of the data folder. */
export type DiskEvent = { type: 'disk'; message: string } & DiskRoom;

export type ExportEvent = {
  type: 'export';
  exportId: string;
  liveId: string;
  format: ExportFormat;
  path: string;
  sizeBytes: number;
  sha256: string | null;
};

/** The last line of a live: what became of it. `elapsedMs` is how long this command followed it. */
export type EndEvent = {
  type: 'end';
  liveId: string;
  title: string;
  state: Live['state'];
  reason: string | null;
  soundMs: number;
  elapsedMs: number;
  segments: number;
  written: number;
  silent: number;
  filtered: number;
  failed: number;
  gaps: number;
  gapMs: number;
  alerts: number;
  alertsByBand: Record<Band, number>;
  /** `demo` only. */
  demo?: DemoFigures;
};

export type DemoFigures = {
  reference: ReferenceScore;
  /** Time taken for the sound that was not paced, over the length of that sound; null when nothing was left unpaced. */
  realTimeFactor: number | null;
  speech: SystemStatus['speech'];
};

/** Whether sound can be written down. `unavailable`: the sound is kept and waits; `available`: it is being written down again. */
export type SpeechEvent = {
  type: 'speech';
  available: boolean;
  code: string | null;
  detail: string | null;
  /** A graphics card that is there and not used, and why. */
  card: string | null;
  cardUnused: string | null;
  message: string;
};

/** Told once, after the first `live`: the model is a `test` one, too large for comfort (`tight`), or there is `none` yet. */
export type ModelNoticeEvent = {
  type: 'model-notice';
  model: string | null;
  notice: 'test' | 'tight' | 'none';
  message: string;
};

/** What became of a live's turn. `liveId` null: of every live. */
export type LaneEvent = {
  type: 'lane';
  /** What a command did, or while a live is followed the kind of the fact (`lane.behind`, ...). */
  done: 'catch-up' | 'catch-up-undone' | 'paused' | 'resumed' | FactKind;
  liveId: string | null;
  moved: number | null;
  soundMs: number | null;
  message: string;
};

export type ErrorEvent = { type: 'error'; code: string; message: string } & Record<string, unknown>;

export type CheckEvent = { type: 'check'; message: string; fixMessage: string | null } & Pick<
  Check,
  'name' | 'outcome' | 'detail' | 'fix' | 'tookMs'
>;

export type ModelEvent = { type: 'model' } & SpeechModel;

/** A model on its way here; `done` is the last one of a model that is in place. */
export type ModelArrivalEvent = {
  type: 'model-arrival';
  model: string;
  state: ModelArrival['state'] | 'done';
  receivedBytes: number;
  sizeBytes: number;
  problem: string | null;
};

export type DeviceEvent = { type: 'device' } & Device;

export type DecisionEvent = {
  type: 'decision';
  decisionId: string;
  alertId: string | null;
  status: AlertStatus;
  version: number;
} & Omit<Decision, 'id'>;

/** `serve` is ready: `url` signs in once, within ten minutes. */
export type ServeEvent = { type: 'serve'; url: string; address: string; port: number; browserOpened: boolean };

export type OutputEvent =
  | LiveEvent
  | SegmentEvent
  | ModelNoticeEvent
  | HitEvent
  | NoteEvent
  | TentativeEvent
  | VerdictEvent
  | AlertEvent
  | GapEvent
  | CaptureEvent
  | DiskEvent
  | ExportEvent
  | EndEvent
  | SpeechEvent
  | LaneEvent
  | ErrorEvent
  | CheckEvent
  | ModelEvent
  | ModelArrivalEvent
  | DeviceEvent
  | DecisionEvent
  | AccountEvent
  | AccountRefusedEvent
  | AccountStepEvent
  | AccountTestEvent
  | CaseEvent
  | CaseLiveEvent
  | FolderEvent
  | FolderFileEvent
  | EvaluationEvent
  | EvaluationMissEvent
  | RulesOutput
  | ServeEvent;
