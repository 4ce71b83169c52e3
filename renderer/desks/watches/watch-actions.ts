import { useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Watch, WatchPolicy } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { toast } from '../../parts/toast.tsx';

export type WatchActions = ReturnType<typeof useWatchActions>;

/** What can be done with a followed account; each answer is told, and a removal can be taken back. */
export function useWatchActions() {
  const { t } = useWords();
  const queries = useQueryClient();
  const command = () => newId(Date.now());
  const run = async (work: Promise<unknown>, done?: () => void) => {
    try {
      await work;
    } catch (error) {
      return toast(problemText(error, t), { bad: true });
    }
    void queries.invalidateQueries({ queryKey: ['watches'] });
    return done?.();
  };
  const change = (
    watch: Watch,
    patch: { policy?: WatchPolicy; priority?: number; paused?: boolean; caseId?: string | null },
  ) => void run(engine.watches.change({ watchId: watch.id, patch, commandId: command() }));
  return {
    change,
    pause: (watch: Watch) => change(watch, { paused: !watch.paused }),
    checkSoon: (watch: Watch) =>
      void run(engine.watches.checkSoon({ watchId: watch.id, commandId: command() }), () =>
        toast(t('watches.checking', { handle: watch.handle }), { id: `check-${watch.id}` }),
      ),
    remove: (watch: Watch) =>
      void run(engine.watches.remove({ watchId: watch.id, commandId: command() }), () =>
        toast(t('watches.removed', { handle: watch.handle }), {
          id: `removed-${watch.id}`,
          action: {
            label: t('watches.undo'),
            run: () =>
              void run(engine.watches.restore({ watchId: watch.id, commandId: command() }), () =>
                // In the place of the word about the removal.
                toast(t('watches.restored', { handle: watch.handle }), { id: `removed-${watch.id}` }),
              ),
          },
        }),
      ),
  };
}
