import type { CallMeta } from '#shared/contract/base.ts';

/** Who asks. Carriers make one per connection; handlers never find out which carrier it was. */
export type CallContext = {
  actor: { id: string; name: string };
  permissions: ReadonlySet<CallMeta['permission']>;
};
