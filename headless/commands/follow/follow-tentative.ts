import { toVigieError } from '#shared/contract/errors.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Tentative } from '#shared/model/tentative.ts';
import type { Connection } from '../../connect.ts';

/**
 * Tells what is being said now, until the live ends or `signal` is aborted; null: nothing is shown any more. A line that breaks ends it
 * quietly: the transcript itself says so and goes on, and this text is never more than a preview.
 */
export async function followTentative(
  connection: Connection,
  liveId: string,
  tell: (now: Tentative | null) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { tentative } of await connection.client.lives.tentative({ liveId }, { signal })) tell(tentative);
  } catch (raw) {
    const error = toVigieError(raw);
    const lineBroke = !(error instanceof VigieError) || isVigieError(error, 'engine-stopped');
    if (!signal.aborted && !lineBroke) throw error;
  } finally {
    tell(null);
  }
}
