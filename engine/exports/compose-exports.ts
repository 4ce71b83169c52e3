import { collectDocument } from './collect-document.ts';
import { createExportsService, type ExportsService } from './exports-service.ts';
import { createExportsStore } from './exports-store.ts';

type Collecting = Parameters<typeof collectDocument>[0];
type Serving = Parameters<typeof createExportsService>[0];

/** Taking lives out, put together. `read`: the stores of what a document is made of. */
export function composeExports(
  by: Omit<Serving, 'exports' | 'liveOf' | 'collect'> &
    Pick<Collecting, 'clock' | 'voiceModel' | 'thresholdBp' | 'version'> & {
      read: Pick<Collecting, 'lives' | 'segments' | 'verdicts' | 'alerts' | 'review' | 'notes'>;
    },
): ExportsService {
  return createExportsService({
    ...by,
    exports: createExportsStore(by.store, by.clock),
    liveOf: by.read.lives.get,
    collect: (request) => collectDocument({ ...by, ...by.read }, request),
  });
}
