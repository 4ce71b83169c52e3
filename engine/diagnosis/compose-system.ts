import type { Settings } from '#shared/model/settings.ts';
import type { SystemStatus } from '#shared/model/system.ts';
import type { Implementer } from '../carriers/implement.ts';
import { version } from '../base/version.ts';
import { examine } from './doctor.ts';
import { systemApi } from './system-api.ts';

type Api = Parameters<typeof systemApi>[1];
type Examined = Parameters<typeof examine>[0];
type Status = Omit<SystemStatus, 'freeBytes' | 'dataDir' | 'nextModel'>;

/** What the status line and the doctor ask of every part, by the part. */
export type SystemParts = Pick<Api, 'settings' | 'commands' | 'feed' | 'freeBytes' | 'changed'> &
  Pick<Examined, 'store' | 'journal' | 'clock' | 'spawn' | 'ffmpeg' | 'dataDir' | 'soundUse'> & {
    owner: string;
    startedAt: number;
    room: { now(): Status['disk'] };
    speech: {
      known(): Status['speech'];
      engineFor(path: string): { info: Examined['speech'] };
      voiceModel: Examined['voiceModel'];
    };
    shelf: { resolve(idOrPath: string): Promise<{ path: string }>; next(asked: string): ReturnType<Api['nextModel']> };
    remoteSpeech: { state(): Status['remoteSpeech'] };
    health: { trouble(): Status['speechTrouble'] };
    jobs: { open(kind: string): number };
    segments: { oldestOpenMs(): number };
    lanes: { lag(): Status['lag'] };
    capacity: { figures(): Status['capacity']; running(): number };
    capture: { running(): number };
    review: { pendingCount(): number };
  };

/** Status, doctor, models, settings and feed, put together from the parts they tell of. */
export function composeSystem(os: Implementer, parts: SystemParts) {
  const { speech, shelf, capacity, jobs } = parts;
  const settings = (): Settings => parts.settings.get();
  return systemApi(os, {
    ...parts,
    status: () => ({
      disk: parts.room.now(),
      version,
      owner: parts.owner,
      pid: process.pid,
      startedAt: parts.startedAt,
      seq: parts.journal.head().seq,
      speech: speech.known(),
      remoteSpeech: parts.remoteSpeech.state(),
      speechTrouble: parts.health.trouble(),
      network: settings().network,
      readOnly: parts.store.readOnly,
      backlog: {
        transcribe: jobs.open('transcribe'),
        analyse: jobs.open('analyse'),
        oldestMs: parts.segments.oldestOpenMs(),
      },
      lag: parts.lanes.lag(),
      transcriptionPaused: settings().transcriptionPaused,
      capacity: capacity.figures(),
      captures: parts.capture.running(),
      pendingAlerts: parts.review.pendingCount(),
    }),
    examine: () =>
      examine({
        ...parts,
        network: () => settings().network,
        speech: async () => speech.engineFor((await shelf.resolve(settings().model)).path).info(),
        voiceModel: speech.voiceModel,
        nextModel: () => shelf.next(settings().model),
        capacity: () => ({ figures: capacity.figures(), running: capacity.running() }),
      }),
    nextModel: () => shelf.next(settings().model),
    validateModel: shelf.resolve,
  });
}
