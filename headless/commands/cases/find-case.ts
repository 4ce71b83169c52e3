import type { EngineClient } from '#shared/contract/index.ts';
import { VigieError } from '#shared/errors.ts';
import { id } from '#shared/ids.ts';
import type { Case } from '#shared/model/case.ts';

/**
 * The case that a person means: by its id or by its whole title, whatever its case (letters). Two open cases of one title are told apart
 * by their ids only; an open one goes before closed ones.
 * @throws VigieError `not-found`, `bad-input` when several cases have this title
 */
export async function findCase(client: EngineClient, typed: string): Promise<Case> {
  if (id.safeParse(typed).success) return await client.cases.get({ caseId: typed });
  const wanted = typed.trim().toLowerCase();
  const { items } = await client.cases.list({ closed: true });
  const named = items.filter(({ title }) => title.toLowerCase() === wanted);
  const open = named.filter(({ closedAt }) => closedAt === null);
  const [found, second] = open.length > 0 ? open : named;
  if (!found) throw new VigieError('not-found', { what: 'case', id: typed });
  if (second) throw new VigieError('bad-input', { problem: `${found.title}: ${found.id}, ${second.id}` });
  return found;
}
