/** Which workers to try, best first. Pure. */
import type { EngineOptions } from '../options.ts';

import type { Launch } from './worker-process.ts';

export type Plan = { worker: 'native' | 'prebuilt'; gpu: boolean; launch: Launch };

/**
 * OpenMP threads that wait by spinning ruin each other as soon as anything else wants the processor: on two busy cores passive waiting
 * was four to eight times faster and took a fifth of the processor time; on idle ones there is no difference to speak of.
 */
const considerate = { OMP_WAIT_POLICY: 'passive' };

/**
 * The graphics card before the processor, whichever worker can use it; on either, the native worker before the prebuilt one (6 to 7 times
 * slower on a processor). A machine where no card seems present is not asked for one. Empty when the settings ask for a native worker
 * that was not built.
 */
export function planWorkers(options: {
  binaries: Pick<EngineOptions['binaries'], 'speechWorker' | 'node'>;
  speech?: Pick<NonNullable<EngineOptions['speech']>, 'worker' | 'gpu'>;
  /** Whether a graphics card seems present. */
  card: boolean;
  prebuiltProgram: string;
}): Plan[] {
  const { binaries, speech, card, prebuiltProgram } = options;
  const wanted = speech?.worker ?? 'auto';
  const launches: { worker: Plan['worker']; launch: Launch }[] = [];
  if (wanted !== 'prebuilt' && binaries.speechWorker) {
    launches.push({ worker: 'native', launch: { command: binaries.speechWorker, args: [], env: considerate } });
  }
  if (wanted !== 'native') {
    const { path, args, env } = binaries.node;
    launches.push({
      worker: 'prebuilt',
      launch: { command: path, args: [...args, prebuiltProgram], env: { ...considerate, ...env } },
    });
  }
  const devices = card && speech?.gpu !== 'off' ? [true, false] : [false];
  return devices.flatMap((gpu) => launches.map(({ worker, launch }) => ({ worker, gpu, launch })));
}
