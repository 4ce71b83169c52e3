import type { Fact } from '#shared/model/fact.ts';
import { clockTime } from '../output/figures.ts';
import type { Output } from '../output/output.ts';

/** Says that the words of a live are late, on time again, or come another way: beside the result, or as a line of JSON. */
export function tellLane(output: Output, { kind, subjectId, data }: Pick<Fact, 'kind' | 'subjectId' | 'data'>): void {
  const figure = (name: string) => (typeof data[name] === 'number' ? data[name] : null);
  const [moved, soundMs, p95Ms] = [figure('moved'), figure('soundMs'), figure('p95Ms')];
  const liveId = subjectId === 'all' ? null : subjectId;
  const message = output.say(`laneFact.${kind}`, {
    id: subjectId,
    count: moved ?? 0,
    sound: clockTime(soundMs ?? 0),
    seconds: Math.ceil((p95Ms ?? 0) / 1000),
    from: data['from'],
    to: data['to'],
  });
  if (output.json) output.event({ type: 'lane', done: kind, liveId, moved, soundMs, message });
  else output.notice(message);
}
