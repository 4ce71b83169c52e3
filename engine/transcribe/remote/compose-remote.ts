import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../db/store.ts';
import type { LivesStore } from '../../lives/lives-store.ts';
import type { Net } from '../../net/net.ts';
import { createRemoteFirst, remoteTerms } from './remote-first.ts';
import { createSpeechCallsStore } from './speech-calls-store.ts';

/** The speech server of the settings, put together: its terms, its key, and the consent of the cases. */
export function composeRemoteSpeech(by: {
  store: Store;
  lives: Pick<LivesStore, 'mayBeSentAway'>;
  net: Net;
  clock: Clock;
  log: Log;
  settings(): Settings;
  secrets: { speech?: string } | undefined;
}) {
  return createRemoteFirst({
    terms: () => remoteTerms(by.settings()),
    key: () => by.secrets?.speech ?? null,
    consent: by.lives.mayBeSentAway,
    networkAllowed: () => by.settings().network,
    calls: createSpeechCallsStore(by.store, by.clock),
    net: by.net,
    clock: by.clock,
    log: by.log,
  });
}
