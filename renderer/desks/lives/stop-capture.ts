import { useMutation } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import { say } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { toast } from '../../parts/toast.tsx';

/** Ends our capture of a live; what was heard is still written down. */
export function useStopCapture(liveId: string): { ask: () => void; busy: boolean } {
  const { mutate, isPending } = useMutation({
    mutationFn: () => engine.lives.stop({ liveId, commandId: newId(Date.now()) }),
    onSuccess: () => toast(say('live.stopped')),
    onError: (error) => toast(problemText(error, say), { bad: true }),
  });
  return { ask: () => mutate(), busy: isPending };
}
