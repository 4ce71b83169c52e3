import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient } from '#shared/contract/index.ts';
import { keptError, VigieError } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import { arrivalText } from '../output/desk-lines.ts';
import { errorSentence } from '../output/error-sentence.ts';
import type { ModelArrivalEvent } from '../output/events.ts';
import { exitCodeOf, type ExitCode, exitCodes } from './exit-codes.ts';
import type { Shell } from './shell.ts';

/** Progress is not a fact of the journal: it is asked for. */
const everyMs = 400;

/** Shows a model on its way until it is in place or not. The first Ctrl-C stops it and keeps what has come. */
export async function followArrival(shell: Shell, client: EngineClient, model: string): Promise<ExitCode> {
  const { output, interrupts, world } = shell;
  const { say } = output;
  let told = '';
  const tell = (event: ModelArrivalEvent) => {
    const line = JSON.stringify(event);
    if (line !== told && output.json) output.event(event);
    told = line;
  };
  let problem: string | null = null;
  interrupts.onFirst(() => {
    client.models
      .cancel({ model, commandId: newId(world.now()) })
      .catch((error: unknown) => output.notice(String(error)));
  });
  try {
    for (;;) {
      const { items } = await client.models.list();
      const found = items.find(({ id }) => id === model);
      const { sizeBytes = 0, arrival = null } = found ?? {};
      if (!arrival) {
        tell({ type: 'model-arrival', model, state: 'done', receivedBytes: sizeBytes, sizeBytes, problem: null });
        output.progress(null);
        output.notice(say('models.done', { model }));
        return exitCodes.ok;
      }
      tell({ type: 'model-arrival', model, sizeBytes, ...pick(arrival) });
      if (arrival.state === 'failed') {
        const failure = keptError(arrival.problem ?? '') ?? unnamed(model, arrival.problem);
        output.failure(failure);
        return exitCodeOf(failure.code);
      }
      if (arrival.state === 'cancelled') {
        output.progress(null);
        output.notice(say('models.stopped'));
        return exitCodes.interrupted;
      }
      output.progress(
        say('models.progress', { model, text: arrivalText({ sizeBytes }, arrival, { say, locale: say.locale }) }),
      );
      if (arrival.problem !== null && arrival.problem !== problem) {
        const error = keptError(arrival.problem);
        output.notice(say('models.retrying', { problem: error ? errorSentence(error, say) : arrival.problem }));
      }
      problem = arrival.problem;
      await sleep(everyMs);
    }
  } finally {
    interrupts.onFirst(null);
    output.progress(null);
  }
}

function pick({ state, receivedBytes, problem }: Pick<ModelArrivalEvent, 'state' | 'receivedBytes' | 'problem'>) {
  return { state, receivedBytes, problem };
}

function unnamed(model: string, problem: string | null): VigieError {
  return new VigieError('model-invalid', { model, detail: problem ?? '' });
}
