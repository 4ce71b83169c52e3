import path from 'node:path';
import type { SystemStatus } from '#shared/model/system.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { EngineOptions } from '../options.ts';
import type { Spawn } from '../process/spawn.ts';
import type { TrialMemory } from './gpu-trial.ts';
import type { GraphicsCard } from './graphics-card.ts';
import { digestOf, listModels, resolveModel } from './models.ts';
import { type PackedSpeech, packSpeech } from './packed-speech.ts';
import { openSpeechEngine, type SpeechEngine, type SpeechInfo } from './speech-engine.ts';
import type { SpeechHealth } from './speech-health.ts';

const voiceModelFile = 'ggml-silero-v5.bin';

/** One speech engine per model file, opened when first asked for; every live of that model shares it. */
export function createSpeechPool(deps: {
  binaries: EngineOptions['binaries'];
  speech: EngineOptions['speech'];
  dataDir: string;
  resourcesDir: string;
  clock: Clock;
  log: Log;
  spawn: Spawn;
  /** Another engine that is asked first (remote/). */
  before?(local: SpeechEngine): SpeechEngine;
  card: GraphicsCard | null;
  trials?: TrialMemory;
  health: SpeechHealth;
}) {
  const engines = new Map<string, PackedSpeech>();
  const bundledDir = path.join(deps.resourcesDir, 'models');
  const folderDir = path.join(deps.dataDir, 'models');
  const voiceModelPath = path.join(bundledDir, voiceModelFile);
  let latest: SpeechInfo | null = null;
  const resolve = (idOrPath: string) => resolveModel(idOrPath, { bundledDir, folderDir });

  return {
    resolve,
    /** The engine of a resolved model path. */
    engineFor(modelPath: string): PackedSpeech {
      const open = engines.get(modelPath);
      if (open) return open;
      const local = openSpeechEngine({
        binaries: deps.binaries,
        speech: deps.speech,
        modelPath,
        vadModelPath: voiceModelPath,
        clock: deps.clock,
        log: deps.log,
        spawn: deps.spawn,
        card: deps.card,
        trials: deps.trials,
      });
      const made = deps.before?.(local) ?? local;
      const engine: PackedSpeech = {
        ...packSpeech(made),
        async info() {
          try {
            latest = await made.info();
            deps.health.works();
            return latest;
          } catch (error) {
            deps.health.failed(error);
            throw error;
          }
        },
      };
      engines.set(modelPath, engine);
      return engine;
    },
    list: async (current: string) => {
      const models = await listModels({ bundledDir, folderDir });
      return models.map((model) => ({ ...model, current: model.id === current || model.path === current }));
    },
    voiceModel: async () => ({ name: voiceModelFile, path: voiceModelPath, digest: await digestOf(voiceModelPath) }),
    /** What is known of the worker that ran last; null before the first. */
    known: (): SystemStatus['speech'] =>
      latest && {
        worker: latest.worker,
        device: latest.device,
        deviceName: latest.deviceName,
        modelName: latest.modelName,
        notices: latest.notices,
        graphics: latest.graphics,
      },
    async close() {
      await Promise.all([...engines.values()].map((engine) => engine.close()));
    },
  };
}
