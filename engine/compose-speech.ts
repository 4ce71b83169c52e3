import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import type { Store } from './db/store.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Journal } from './journal/journal.ts';
import { createLanesService } from './lanes/lanes-service.ts';
import { createLanesStore } from './lanes/lanes-store.ts';
import { lighterModel } from './lanes/lighter-model.ts';
import type { LivesStore } from './lives/lives-store.ts';
import { createModelShelf, type ModelShelf } from './models/shelf.ts';
import type { Net } from './net/net.ts';
import type { EngineOptions } from './options.ts';
import type { Spawn } from './process/spawn.ts';
import type { SettingsService } from './settings/settings-service.ts';
import { createCardTrials } from './transcribe/card-trials-store.ts';
import { findGraphicsCard } from './transcribe/graphics-card.ts';
import { packSize } from './transcribe/pack.ts';
import { packMs } from './transcribe/packed-speech.ts';
import { composeRemoteSpeech } from './transcribe/remote/compose-remote.ts';
import { createSpeechHealth } from './transcribe/speech-health.ts';
import { createSpeechPool, type SpeechPool } from './transcribe/speech-pool.ts';

/** Who writes speech down: the models that are here, the workers that load them, and the server that may be asked first. */
export function composeSpeech(by: {
  options: EngineOptions;
  store: Store;
  lives: LivesStore;
  net: Net;
  journal: Journal;
  clock: Clock;
  log: Log;
  spawn: Spawn;
  settings(): Settings;
}) {
  const { options, store, journal, clock, log, settings } = by;
  const { dataDir, resourcesDir, binaries } = options;
  const remoteSpeech = composeRemoteSpeech({ ...by, secrets: options.secrets });
  const health = createSpeechHealth(by);
  const card = options.speech?.card === undefined ? findGraphicsCard() : options.speech.card;
  const shelf = createModelShelf({
    folders: { bundledDir: path.join(resourcesDir, 'models'), folderDir: path.join(dataDir, 'models') },
    ...options.models,
  });
  const speech = createSpeechPool({
    binaries,
    speech: options.speech,
    shelf,
    clock,
    log,
    spawn: by.spawn,
    before: remoteSpeech.before,
    card,
    trials: card ? createCardTrials(store, clock, card) : undefined,
    health,
    cores: availableParallelism(),
    settings,
    onLost: (model, reason) =>
      store.transaction(() => journal.append({ kind: 'speech.restarted', subjectId: model, data: { reason } })),
  });
  return { shelf, speech, remoteSpeech, health };
}

/** Whose sound is written down next, and what is done by itself when words come late. */
export function composeLanes(by: {
  store: Store;
  lives: LivesStore;
  journal: Journal;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  settings: SettingsService;
  shelf: Pick<ModelShelf, 'installed'>;
  speech: Pick<SpeechPool, 'hasRoom' | 'sideBySide'>;
}) {
  const lanes = createLanesService({
    ...by,
    lanes: createLanesStore(by.store, by.clock),
    hasRoom: by.speech.hasRoom,
    packSize: (segments) => packSize(segments, packMs),
    windowMs: packMs,
    sideBySide: by.speech.sideBySide,
    onBehind(live) {
      if (by.settings.get().whenBehind !== 'lighter-model') return;
      by.shelf
        .installed()
        .then((models) => {
          const lighter = lighterModel(models, lanes.modelOf(live.id));
          if (lighter) by.store.transaction(() => lanes.lighten(live.id, lighter, 'engine'));
        })
        .catch((error: unknown) => by.log.error({ liveId: live.id, problem: String(error) }, 'no lighter model'));
    },
  });
  return lanes;
}
