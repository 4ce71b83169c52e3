import type { Clock } from '../base/clock.ts';
import type { Store } from './store.ts';

/** Commands carry an id made by their client (law 3): the same id again answers what it answered the first time, and does nothing. */
export type Commands = {
  once<T extends object>(command: { id: string; call: string; actor: string }, work: () => T): T;
};

export function createCommands(store: Store, clock: Clock): Commands {
  const q = store.build;
  const known = store.prepare<{ id: string }, { answer: string }>((slot) =>
    q.selectFrom('commands').select('answer').where('id', '=', slot('id')),
  );
  return {
    once<T extends object>(command: { id: string; call: string; actor: string }, work: () => T): T {
      return store.transaction((): object => {
        const answered = known.get({ id: command.id });
        if (answered) return JSON.parse(answered.answer) as T;
        const answer = work();
        store.run(q.insertInto('commands').values({ ...command, at: clock.now(), answer: JSON.stringify(answer) }));
        return answer;
      }) as T;
    },
  };
}
