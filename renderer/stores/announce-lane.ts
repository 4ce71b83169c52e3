import type { Fact } from '#shared/model/fact.ts';
import { say } from '../i18n/index.ts';
import { toast } from '../parts/toast.tsx';

/** Late words and a change of model reach a person on whatever desk they are; the live's own page says more. */
export function announceLane({ kind, subjectId }: Fact): void {
  if (kind !== 'lane.behind' && kind !== 'model.lightened') return;
  toast(say(kind === 'lane.behind' ? 'lanes.behindToast' : 'lanes.lighterToast'), {
    id: `${kind} ${subjectId}`,
    bad: true,
    action: { label: say('lanes.open'), run: () => (window.location.hash = `#/lives/${subjectId}`) },
  });
}
