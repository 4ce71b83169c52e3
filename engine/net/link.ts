import { networkInterfaces } from 'node:os';
import type { Clock } from '../base/clock.ts';

const lookEveryMs = 1_000;

/** Addresses of this machine that lead out of it. A parameter of `createNet`, so that tests can pull the plug. */
export type LinkAddresses = () => string[];

export const systemLinkAddresses: LinkAddresses = () =>
  Object.values(networkInterfaces())
    .flat()
    .flatMap((found) => (found && !found.internal ? [found.address] : []));

/**
 * Resolves when the machine gets an address that it did not have: a cable, a radio network or a tunnel came up. It asks the system only, no
 * packet leaves; and only while somebody waits. Rejects with the signal's reason.
 */
export async function linkUp(clock: Clock, addresses: LinkAddresses, signal: AbortSignal): Promise<void> {
  let known = new Set(addresses());
  for (;;) {
    await clock.delay(lookEveryMs, signal);
    const now = addresses();
    if (now.some((address) => !known.has(address))) return;
    known = new Set(now);
  }
}
