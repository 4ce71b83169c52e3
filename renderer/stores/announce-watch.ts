import type { Fact } from '#shared/model/fact.ts';
import { createFormat } from '../i18n/format.ts';
import { currentLocale, say } from '../i18n/index.ts';
import { engine } from '../link/engine.ts';
import { toast } from '../parts/toast.tsx';

/** The begin and the end of a followed account's live reach a person on whatever desk they are, the end with what there is to know of it. */
export function announceWatch(fact: Fact): void {
  if (fact.kind === 'watch.live-started') void announceStart(fact);
  if (fact.kind === 'watch.live-ended') void announceEnd(fact);
}

async function announceStart({ subjectId, data }: Fact): Promise<void> {
  const liveId = data['liveId'];
  const heard = typeof liveId === 'string';
  // Neither told of nor begun: it is being heard already, or a person has stopped it.
  if (!heard && data['policy'] !== 'notify') return;
  const account = await handleOf(subjectId);
  toast(say(heard ? 'watches.startedToast' : 'watches.startedTold', { account }), {
    id: `watch ${subjectId}`,
    action: { label: say('watches.open'), run: () => go(heard ? `lives/${liveId}` : `watches/${subjectId}`) },
  });
}

async function announceEnd({ subjectId, data }: Fact): Promise<void> {
  const account = await handleOf(subjectId);
  const liveId = data['liveId'];
  const figure = (name: string) => (typeof data[name] === 'number' ? data[name] : 0);
  if (typeof liveId !== 'string') {
    toast(say('watches.endedTold', { account }), { id: `watch ${subjectId}` });
    return;
  }
  const format = createFormat(currentLocale());
  const lines = [
    say('watches.endedToast', { account }),
    say('watches.endedLength', {
      length: format.duration(figure('durationMs')),
      heard: format.duration(figure('capturedMs')),
    }),
    say('watches.endedWords', {
      words: format.integer(figure('words')),
      alerts: format.integer(figure('alerts')),
      gaps: format.integer(figure('gaps')),
    }),
  ];
  toast(lines.join('\n'), {
    id: `watch ${subjectId}`,
    card: true,
    action: { label: say('watches.open'), run: () => go(`lives/${liveId}`) },
  });
}

/** The account's name; words in its place when it is not followed any more, or the engine is away (the connection line tells that). */
const handleOf = (watchId: string): Promise<string> =>
  engine.watches.get({ watchId }).then(
    ({ watch }) => `@${watch.handle}`,
    () => say('watches.someAccount'),
  );

const go = (route: string) => (window.location.hash = `#/${route}`);
