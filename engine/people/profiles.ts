import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';

export type Profile = { id: string; name: string };

/** The profile of that name, made when it does not exist yet. */
export function ensureProfile(store: Store, clock: Clock, name: string): Profile {
  const q = store.build;
  return store.transaction(() => {
    const known = store.get(q.selectFrom('profiles').select(['id', 'name']).where('name', '=', name));
    if (known) return known;
    const at = clock.now();
    const made = { id: newId(at), name };
    store.run(q.insertInto('profiles').values({ ...made, created_at: at }));
    return made;
  });
}
