import type { ResolverTool } from '#shared/model/source.ts';
import type { Clock } from '../../base/clock.ts';
import type { Resolve } from '../../net/guard.ts';
import type { Spawn } from '../../process/spawn.ts';

/** What a source needs that our own fetcher does not read for it. */
export type OutsideHands = {
  clock: Clock;
  spawn: Spawn;
  /** The ffmpeg that opens devices and protocols: the user's own when one is set, else ours. */
  inputFfmpeg(): string;
  /** Path of a resolver; empty when none is set. */
  resolverPath(tool: ResolverTool): string;
  /** The network switch. */
  networkAllowed(): boolean;
  resolve: Resolve;
};
