import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Settings } from '#shared/model/settings.ts';
import { engine } from '../link/engine.ts';
import { settingsQuery } from './queries.ts';

const mutationKey = ['change-settings'];

/**
 * Keeps changes of the settings, one after the other. A change shows at once, so that what is typed or clicked next
 * builds on it; what the engine answers last replaces it, and a refused one goes back to what is kept.
 */
export function useChangeSettings() {
  const queries = useQueryClient();
  const { queryKey } = settingsQuery();
  return useMutation({
    mutationKey,
    scope: { id: 'settings' },
    mutationFn: (patch: Partial<Settings>) => engine.system.changeSettings({ patch, commandId: newId(Date.now()) }),
    onMutate: async (patch) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, (shown) => shown && { ...shown, ...patch });
    },
    // An answer to an earlier change knows nothing of a later one that still waits.
    onSuccess: (kept) => {
      if (queries.isMutating({ mutationKey }) === 1) queries.setQueryData(queryKey, kept);
    },
    onError: () => queries.invalidateQueries({ queryKey }),
    onSettled: () => {
      for (const key of ['models', 'status']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}
