import type { Analyser } from '../analyse/analyse-service.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Implementer } from '../carriers/implement.ts';
import type { CasesStore } from '../cases/cases-store.ts';
import type { Commands } from '../db/commands.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import { createBanksService } from './banks-service.ts';
import { createBanksStore } from './banks-store.ts';
import { createHitsStore } from './hits-store.ts';
import { createReplayService } from './replay-service.ts';
import { rulesApi } from './rules-api.ts';
import { createRulesFileService } from './rules-file-service.ts';
import { createRulesService } from './rules-service.ts';
import { createRulesStore } from './rules-store.ts';
import { createRunningRules } from './running-service.ts';

/** Rules, put together: what people write, what of it runs, and what it would have done. */
export function composeRules(by: {
  store: Store;
  lives: LivesStore;
  cases: CasesStore;
  commands: Commands;
  analyser: Analyser;
  journal: Journal;
  clock: Clock;
  log: Log;
}) {
  const { store, clock } = by;
  const hits = createHitsStore(store, clock);
  const rules = createRulesStore(store, clock);
  const banks = createBanksStore(store, clock);
  const replays = createReplayService({ hits });
  const running = createRunningRules({ ...by, rules, hits });
  const service = createRulesService({ ...by, rules, banks, replayed: replays.replayed, onRunning: running.forget });
  const bankService = createBanksService({ ...by, banks, rules: service });
  const files = createRulesFileService({ ...by, rules: service, banks: bankService });
  return {
    running,
    api: (os: Implementer) => rulesApi(os, { ...by, service, banks: bankService, replays, files, hits }),
  };
}
