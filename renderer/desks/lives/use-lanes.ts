import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Live } from '#shared/model/live.ts';
import { say, useWords } from '../../i18n/index.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { toast } from '../../parts/toast.tsx';
import { lanesQuery, statusQuery } from '../../stores/queries.ts';

/** How the words of a live come, and what can be done about it, by button and by key. */
export function useLanes(live: Live) {
  const liveId = live.id;
  const { format } = useWords();
  const queries = useQueryClient();
  const running = live.state === 'en_cours';
  const lanes = useQuery(lanesQuery(liveId, running)).data;
  const pausedAll = useQuery(statusQuery()).data?.transcriptionPaused ?? false;
  const command = () => ({ liveId, commandId: newId(Date.now()) });
  const then = {
    onError: (error: unknown) => toast(problemText(error, say), { bad: true }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['live', liveId] }),
  };
  const undo = useMutation({
    mutationFn: () => engine.lanes.undoCatchUp(command()),
    onSuccess: ({ moved }) => toast(say('lanes.undone', { count: moved }), { id: 'catch-up' }),
    ...then,
  });
  const catchUp = useMutation({
    mutationFn: () => engine.lanes.catchUp(command()),
    onSuccess: ({ moved, soundMs }) =>
      moved === 0
        ? toast(say('lanes.nothing'), { id: 'catch-up' })
        : toast(say('lanes.caughtUp', { count: moved, sound: format.duration(soundMs) }), {
            id: 'catch-up',
            action: { label: say('lanes.undo'), run: () => undo.mutate() },
          }),
    ...then,
  });
  const pause = useMutation({
    mutationFn: (paused: boolean) => engine.lanes.pause({ ...command(), paused }),
    ...then,
  });
  const restore = useMutation({ mutationFn: () => engine.lanes.restoreModel(command()), ...then });
  const paused = lanes?.paused ?? false;
  const backfill = lanes && !lanes.onDemand ? lanes.backfill : { segments: 0, soundMs: 0 };
  useKeys('live', {
    catchUp: () => running && !catchUp.isPending && catchUp.mutate(),
    catchUpUndo: () => running && backfill.segments > 0 && !undo.isPending && undo.mutate(),
    pauseWords: () => running && lanes && pause.mutate(!paused),
  });
  return { lanes: running ? lanes : undefined, pausedAll, paused, backfill, catchUp, undo, pause, restore };
}
export type Lanes = ReturnType<typeof useLanes>;
