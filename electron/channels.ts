/** Every channel of Electron's IPC that Vigie uses. All else travels on the port, under the contract. */
export const channels = {
  /** Page to main, without payload: "hand me the engine". */
  ask: 'vigie:ask',
  /** Main to page: an `EngineNews`, with a port when there is one. */
  engine: 'vigie:engine',
} as const;
