import path from 'node:path';
import type { EngineClient } from '#shared/contract/index.ts';
import { VigieError } from '#shared/errors.ts';
import type { WatchedFolder } from '#shared/model/folder.ts';

/**
 * The watched folder that a person means: by its path (from the current folder) or its id.
 * @throws VigieError `not-found`
 */
export async function findFolder(client: EngineClient, typed: string, cwd: string): Promise<WatchedFolder> {
  const { items } = await client.folders.list();
  const wanted = path.resolve(cwd, typed);
  const found = items.find((folder) => folder.id === typed || folder.path === wanted);
  if (!found) throw new VigieError('not-found', { what: 'folder', id: typed });
  return found;
}
