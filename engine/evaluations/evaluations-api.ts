import type { Implementer } from '../carriers/implement.ts';
import type { EvaluationsService } from './evaluations-service.ts';

/** Handlers of `contract.evaluations`. */
export function evaluationsApi(os: Implementer, { service }: { service: EvaluationsService }) {
  return {
    list: os.evaluations.list.handler(({ input }) => ({ items: service.list(input.limit) })),
    // Asked twice it is weighed twice: both are true, and neither changes anything else.
    run: os.evaluations.run.handler(({ input, context: { actor }, signal }) => service.run(input, actor.id, signal)),
  };
}
