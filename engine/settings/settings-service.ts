import { defaultSettings, type Settings, settings as schema } from '#shared/model/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';

export type SettingsService = {
  get(): Settings;
  /** Stores the change in the current transaction. */
  change(patch: Partial<Settings>, actor: string): Settings;
};

/** Settings are rows; a value that no longer fits its schema falls back to the default, and the log says so. */
export function createSettingsService(deps: {
  store: Store;
  journal: Journal;
  clock: Clock;
  log: Log;
  overrides: Partial<Settings>;
}): SettingsService {
  const { store, journal, clock, log, overrides } = deps;
  const q = store.build;
  let current = read();

  function read(): Settings {
    const rows = store.all(q.selectFrom('settings').select(['key', 'value']));
    const read: Record<string, unknown> = { ...defaultSettings };
    for (const { key, value } of rows) {
      const field = (
        schema.shape as Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } } | undefined>
      )[key];
      const parsed = field?.safeParse(JSON.parse(value));
      if (parsed?.success) read[key] = parsed.data;
      else log.warn({ key }, 'a stored setting is not usable; its default stands');
    }
    return { ...(read as Settings), ...overrides };
  }

  return {
    get: () => current,
    change(patch, actor) {
      for (const [key, value] of Object.entries(patch)) {
        if (value === undefined) continue;
        const row = { key, value: JSON.stringify(value), at: clock.now() };
        store.run(
          q
            .insertInto('settings')
            .values(row)
            .onConflict((conflict) => conflict.column('key').doUpdateSet(row)),
        );
        journal.append({ kind: 'settings.changed', subjectId: key, actor });
      }
      current = read();
      return current;
    },
  };
}
