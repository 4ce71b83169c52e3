/** Which workers to try, best first. Pure. */
import type { EngineOptions } from '../options.ts';

import type { Launch } from './worker-process.ts';

export type Plan = { worker: 'native' | 'prebuilt'; gpu: boolean; launch: Launch };

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
    launches.push({ worker: 'native', launch: { command: binaries.speechWorker, args: [] } });
  }
  if (wanted !== 'native') {
    const { path, args, env } = binaries.node;
    launches.push({
      worker: 'prebuilt',
      launch: { command: path, args: [...args, prebuiltProgram], ...(env && { env }) },
    });
  }
  const devices = speech?.gpu === 'off' ? [false] : [true, false];
  return launches.flatMap(({ worker, launch }) => devices.map((gpu) => ({ worker, gpu, launch })));
}
