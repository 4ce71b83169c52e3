import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import type { CatalogueModel } from './models/catalogue.ts';
import type { Spawn } from './process/spawn.ts';

export type OwnerKind = 'command-line' | 'browser' | 'desktop' | 'test';

/** What a shell hands in. The engine never asks which machine it is on. */
export type EngineOptions = {
  /** The folder that holds everything: database, spool, exports, backups. Created when missing. */
  dataDir: string;
  /** Bundled models, policies, fonts (read only). */
  resourcesDir: string;
  owner: OwnerKind;
  binaries: {
    /** Absolute path of ffmpeg. Whether it exists is found out when it is needed. */
    ffmpeg: string;
    /** Absolute path of the native speech worker; null where none was built. */
    speechWorker: string | null;
    /** A Node (>= 24) that runs our TypeScript workers, with the arguments it needs first. */
    node: { path: string; args: readonly string[]; env?: Record<string, string> };
  };
  /** Kept in memory only. `speech`: key of the speech server of the settings. */
  secrets?: { speech?: string };
  /** `auto` takes a worker that can use the graphics card, else the native one. `card` stands in for the probe; null: no card. */
  speech?: {
    worker?: 'auto' | 'native' | 'prebuilt';
    gpu?: 'auto' | 'off';
    threads?: number;
    /** Whether the encoder runs over the sound alone; by default only with models measured to stand it. */
    window?: 'full' | 'fit';
    card?: { name: string; key: string } | null;
  };
  clock?: Clock;
  log?: Log;
  spawn?: Spawn;
  /** Whose sound devices are listed; the one that runs this program when absent. */
  platform?: NodeJS.Platform;
  /** Name of the person at the keyboard, written into decisions; the engine makes a default profile when absent. */
  profile?: string;
  /**
   * Where platforms live; the real hosts when absent. Only for a server of one's own that speaks a platform's wire format:
   * `allowPrivate` lets it and the streams it names be on this machine.
   */
  platforms?: { tiktok?: { page: string; webcast: string; short?: string; allowPrivate: boolean } };
  /** Bytes that may still be written where a folder lies; asks the file system when absent. Rejects where it does not say. */
  freeBytes?: (folder: string) => Promise<number>;
  /** Another host of the published models, with its own list of them; memory of the machine, when it is not to be asked. */
  models?: {
    host?: { address: string; allowPrivate: boolean };
    catalogue?: readonly CatalogueModel[];
    memoryBytes?: number;
  };
  /** Settings of this run only, e.g. from the environment; they are not stored. */
  settings?: Partial<Settings>;
};
