import type { EngineClient } from '#shared/contract/index.ts';
import { VigieError } from '#shared/errors.ts';
import { id } from '#shared/ids.ts';
import { parseAccount } from '#shared/model/account.ts';
import type { Watch } from '#shared/model/watch.ts';

/**
 * The followed account that a person means: by any form of its name, whatever its case, or by its id.
 * @throws VigieError `not-found`
 */
export async function findAccount(client: EngineClient, typed: string): Promise<Watch> {
  if (id.safeParse(typed).success) return (await client.watches.get({ watchId: typed })).watch;
  const read = parseAccount(typed);
  if ('account' in read) {
    const handle = read.account.handle.toLowerCase();
    const { items } = await client.watches.list({ text: read.account.handle, limit: 5000 });
    const found = items.find((watch) => watch.handle.toLowerCase() === handle);
    if (found) return found;
  }
  throw new VigieError('not-found', { what: 'watch', id: typed });
}
