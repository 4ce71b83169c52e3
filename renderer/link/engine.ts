import { createEngineLink } from './client.ts';

const link = createEngineLink();

/** The engine, as every desk calls it. */
export const engine = link.engine;
export const startLink = link.start;
