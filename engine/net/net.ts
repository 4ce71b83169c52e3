export { createNet } from './create-net.ts';
export type { Net, NetRequest, NetResponse } from './types.ts';
