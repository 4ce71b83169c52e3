export { createNet } from './create-net.ts';
export type { Net, NetContent, NetRequest, NetResponse } from './types.ts';
export { statusError } from './status-error.ts';
