import { utilityProcess, type MessagePortMain } from 'electron';
import type { EngineChild } from './keeper.ts';

/** Starts the engine's process: a Node process of Electron's own, which ends with the program. */
export function forkEngine(entry: string, env: Record<string, string>): EngineChild<MessagePortMain> {
  return utilityProcess.fork(entry, [], {
    serviceName: 'vigie-engine',
    stdio: ['ignore', 'inherit', 'inherit'],
    execArgv: [],
    env,
  }) as EngineChild<MessagePortMain>;
}
