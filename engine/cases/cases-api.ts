import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { CasesService } from './cases-service.ts';
import type { CasesStore } from './cases-store.ts';

/** Handlers of `contract.cases`. */
export function casesApi(os: Implementer, deps: { cases: CasesStore; service: CasesService; commands: Commands }) {
  const { cases, service, commands } = deps;
  return {
    list: os.cases.list.handler(({ input }) => ({ items: cases.list(input) })),
    get: os.cases.get.handler(({ input }) => service.known(input.caseId)),
    create: os.cases.create.handler(({ input, context }) => {
      const { commandId, title, purpose = '', legalBasis = '', expiresAt = null, glossary = [] } = input;
      const fields = { title, purpose, legalBasis, expiresAt, glossary, remoteSpeech: input.remoteSpeech ?? false };
      return commands.once({ id: commandId, call: 'cases.create', actor: context.actor.id }, () =>
        service.create(fields, context.actor.id),
      );
    }),
    change: os.cases.change.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'cases.change', actor: context.actor.id }, () =>
        service.change(input.caseId, input.patch, context.actor.id),
      ),
    ),
    close: os.cases.close.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'cases.close', actor: context.actor.id }, () =>
        service.close(input.caseId, input.closed, context.actor.id),
      ),
    ),
    assign: os.cases.assign.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'cases.assign', actor: context.actor.id }, () => {
        service.assign(input.liveId, input.caseId, context.actor.id);
        return {};
      }),
    ),
  };
}
