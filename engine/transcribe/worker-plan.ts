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
 * The native worker before the prebuilt one (6 to 7 times slower on a processor), the graphics card before the processor. Empty when
 * the settings ask for a native worker that was not built.
 */
export function planWorkers(options: {
  binaries: Pick<EngineOptions['binaries'], 'speechWorker' | 'node'>;
  speech?: EngineOptions['speech'];
  prebuiltProgram: string;
}): Plan[] {
  const { binaries, speech, prebuiltProgram } = options;
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
  const devices = speech?.gpu === 'off' ? [false] : [true, false];
  return launches.flatMap(({ worker, launch }) => devices.map((gpu) => ({ worker, gpu, launch })));
}
