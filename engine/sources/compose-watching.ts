import { isVigieError } from '#shared/errors.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { CaptureService } from '../capture/capture-service.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import { createDetection } from './detection.ts';
import type { composeTikTok } from './tiktok/compose.ts';
import { createWatchesService } from './watches-service.ts';
import type { WatchesStore } from './watches-store.ts';

/** Following accounts, put together: who is followed, and the looks at them in the background. */
export function composeWatching(by: {
  store: Store;
  watches: WatchesStore;
  lives: LivesStore;
  journal: Journal;
  capture: Pick<CaptureService, 'watch'>;
  tiktok: ReturnType<typeof composeTikTok>;
  clock: Clock;
  log: Log;
  profileId: string;
  settings(): Settings;
  keepSound(liveId: string, actor: string): void;
  resolveModel(idOrPath: string): Promise<{ path: string }>;
}) {
  const { watches, settings, tiktok } = by;
  const service = createWatchesService({ ...by, onChange: () => detection.refresh(), random: Math.random });
  /** A model that is missing does not keep sound from being heard: it is written down once the model is there. */
  const modelFor = async (watchId: string): Promise<string> => {
    const wanted = watches.row(watchId)?.model ?? settings().model;
    return by.resolveModel(wanted).then(
      ({ path }) => path,
      (error: unknown) => {
        if (isVigieError(error)) return wanted;
        throw error;
      },
    );
  };
  const detection = createDetection({
    ...by,
    service,
    resolver: tiktok.resolver,
    gate: tiktok.gate,
    networkAllowed: () => settings().network,
    modelFor,
  });
  return { service, detection, modelFor };
}
