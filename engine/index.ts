export type { EngineOptions, OwnerKind } from './options.ts';
