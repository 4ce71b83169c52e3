import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { LanesService } from './lanes-service.ts';

/** Handlers of `contract.lanes`. */
export function lanesApi(os: Implementer, { lanes, commands }: { lanes: LanesService; commands: Commands }) {
  return {
    get: os.lanes.get.handler(({ input }) => lanes.state(input.liveId)),
    catchUp: os.lanes.catchUp.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'lanes.catchUp', actor: context.actor.id }, () =>
        lanes.skip(input.liveId, context.actor.id),
      ),
    ),
    undoCatchUp: os.lanes.undoCatchUp.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'lanes.undoCatchUp', actor: context.actor.id }, () =>
        lanes.undoSkip(input.liveId, context.actor.id),
      ),
    ),
    pause: os.lanes.pause.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'lanes.pause', actor: context.actor.id }, () => {
        lanes.pause(input.liveId, input.paused, context.actor.id);
        return {};
      }),
    ),
    restoreModel: os.lanes.restoreModel.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'lanes.restoreModel', actor: context.actor.id }, () => {
        lanes.lighten(input.liveId, null, context.actor.id);
        return {};
      }),
    ),
  };
}
