import type { Implementer } from '../carriers/implement.ts';
import type { ModelsService } from './models-service.ts';

/** Handlers of `contract.models`. */
export function modelsApi(os: Implementer, service: ModelsService) {
  return {
    list: os.models.list.handler(() => service.list()),
    download: os.models.download.handler(async ({ input, context }) => {
      await service.download(input, context.actor);
      return {};
    }),
    import: os.models.import.handler(({ input, context }) => service.import(input, context.actor)),
    cancel: os.models.cancel.handler(({ input, context }) => {
      service.cancel(input, context.actor);
      return {};
    }),
    delete: os.models.delete.handler(async ({ input, context }) => {
      await service.delete(input, context.actor);
      return {};
    }),
  };
}
