/** The engine's one public file: shells import this and nothing else of it. */
export { systemClock, type Clock } from './base/clock.ts';
export { silentLog, type Log } from './base/log.ts';
export { makeFolder } from './base/make-folder.ts';
export { version } from './base/version.ts';
export type { CallContext } from './carriers/context.ts';
export { openLoopback, type Loopback } from './carriers/loopback.ts';
export { servePort } from './carriers/port.ts';
export { openEngine, type Engine } from './engine.ts';
export type { EngineOptions, OwnerKind } from './options.ts';
export { readOwner, type Owner } from './owner.ts';
export { systemSpawn, type Spawn } from './process/spawn.ts';
