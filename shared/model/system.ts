import { z } from 'zod';
import { capacityFigures, lagFigures } from './lane.ts';
import { nextModel } from './speech-model.ts';

export const checkNames = [
  'ffmpeg',
  'speech-worker',
  'speech-model',
  'voice-model',
  'gpu',
  'capacity',
  'disk',
  'database',
  'journal',
  'network',
] as const;
export type CheckName = (typeof checkNames)[number];

/** One line of the doctor. The catalogue holds `doctor.<name>.<outcome>` and `doctor.fix.<fix>`; `detail` are facts for the sentence. */
export const check = z.object({
  name: z.enum(checkNames),
  outcome: z.enum(['ok', 'warning', 'failed']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  fix: z.string().nullable(),
  tookMs: z.number().int(),
});
export type Check = z.infer<typeof check>;

/** Why sound is written down here although a server is named. */
export const localReasons = ['off', 'network-off', 'no-consent', 'budget', 'resting'] as const;
export type LocalReason = (typeof localReasons)[number];

/** The server that writes speech down: whether it is used, why not, and what went wrong last. */
export const remoteSpeechState = z.object({
  host: z.string(),
  model: z.string(),
  /** The shell handed a key in. Servers on one's own network often need none. */
  hasKey: z.boolean(),
  /** Sound sent since midnight UTC, and the most that may be. */
  spentMs: z.number().int(),
  budgetMs: z.number().int(),
  /** null: the next sound with consent goes out. */
  localBecause: z.enum(localReasons).nullable(),
  lastFailure: z
    .object({ code: z.string(), reason: z.string().nullable(), at: z.number().int(), restUntil: z.number().int() })
    .nullable(),
});
export type RemoteSpeechState = z.infer<typeof remoteSpeechState>;
/** Why nothing can be written down right now; the sound is kept and waits. */
export const speechTrouble = z.object({
  code: z.enum(['speech-unavailable', 'model-missing', 'model-invalid', 'model-unexpected', 'model-too-large']),
  detail: z.string(),
  since: z.number().int(),
});
export type SpeechTrouble = z.infer<typeof speechTrouble>;

/** Why a graphics card that is there is not used. */
export const cardUnusedReasons = ['not-supported', 'test-failed', 'crashed', 'switched-off'] as const;

/**
 * Room for sound on the disk of the data folder. `low`: less than an hour for the captures that run; `full`: captures are paused, what is left
 * is kept for decisions. `minutesLeft` null: nothing is being captured.
 */
export const diskRoom = z.object({
  state: z.enum(['ok', 'low', 'full']),
  minutesLeft: z.number().int().nullable(),
});
export type DiskRoom = z.infer<typeof diskRoom>;

export const systemStatus = z.object({
  version: z.string(),
  dataDir: z.string(),
  owner: z.string(),
  pid: z.number().int(),
  startedAt: z.number().int(),
  seq: z.number().int(),
  /** Null until a speech worker has been asked for. */
  speech: z
    .object({
      worker: z.enum(['native', 'prebuilt']),
      device: z.enum(['cpu', 'gpu']),
      deviceName: z.string(),
      modelName: z.string(),
      notices: z.array(z.string()),
      /** The graphics card that seems present, and why it is not used (null: it is). */
      graphics: z.object({ card: z.string(), unused: z.enum(cardUnusedReasons).nullable() }).nullable(),
    })
    .nullable(),
  remoteSpeech: remoteSpeechState,
  speechTrouble: speechTrouble.nullable(),
  /** What the next live is written down with; null: no model is here. */
  nextModel: nextModel.nullable(),
  network: z.boolean(),
  readOnly: z.boolean(),
  backlog: z.object({ transcribe: z.number().int(), analyse: z.number().int(), oldestMs: z.number().int() }),
  /** Of the lives that are being captured, over the last five minutes. */
  lag: lagFigures,
  transcriptionPaused: z.boolean(),
  /** With the model that ran last; null: too little was measured here. */
  capacity: capacityFigures.nullable(),
  captures: z.number().int(),
  pendingAlerts: z.number().int(),
  freeBytes: z.number().int(),
  disk: diskRoom,
});
export type SystemStatus = z.infer<typeof systemStatus>;
