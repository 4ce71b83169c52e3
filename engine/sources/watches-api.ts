import { VigieError } from '#shared/errors.ts';
import { parseAccount } from '#shared/model/account.ts';
import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { Detection } from './detection.ts';
import type { PlatformGate } from './platform-gate.ts';
import type { Resolver } from './resolver.ts';
import type { WatchesService } from './watches-service.ts';
import type { WatchesStore } from './watches-store.ts';

/** Handlers of `contract.watches`. */
export function watchesApi(
  os: Implementer,
  deps: {
    watches: WatchesStore;
    lives: LivesStore;
    service: WatchesService;
    detection: Detection;
    resolver: Resolver;
    gate: PlatformGate;
    commands: Commands;
    profileId: string;
    now(): number;
    /** @throws VigieError `not-found`, `case-closed` */
    openCase(caseId: string): unknown;
    modelFor(watchId: string): Promise<string>;
  },
) {
  const { watches, service, commands, profileId } = deps;
  return {
    add: os.watches.add.handler(({ input, context }) => {
      if (input.caseId !== undefined) deps.openCase(input.caseId);
      const choices = { ...input, caseId: input.caseId ?? null };
      return commands.once({ id: input.commandId, call: 'watches.add', actor: context.actor.id }, () =>
        service.add(input.text, choices, context.actor.id),
      );
    }),
    list: os.watches.list.handler(({ input }) => ({
      items: watches.list({ ...input, profileId }),
      total: watches.count(profileId),
      detection: { ...deps.gate.state(), nextCheckAt: deps.detection.nextCheckAt() },
    })),
    get: os.watches.get.handler(({ input }) => ({
      watch: service.known(input.watchId),
      followers: watches.followers(input.watchId),
    })),
    change: os.watches.change.handler(({ input, context }) => {
      if (input.patch.caseId) deps.openCase(input.patch.caseId);
      return commands.once({ id: input.commandId, call: 'watches.change', actor: context.actor.id }, () =>
        service.change(input.watchId, input.patch, context.actor.id),
      );
    }),
    remove: os.watches.remove.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'watches.remove', actor: context.actor.id }, () => {
        service.remove(input.watchId, context.actor.id);
        return {};
      }),
    ),
    restore: os.watches.restore.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'watches.restore', actor: context.actor.id }, () =>
        service.restore(input.watchId, context.actor.id),
      ),
    ),
    checkSoon: os.watches.checkSoon.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'watches.checkSoon', actor: context.actor.id }, () => ({
        nextCheckAt: service.checkSoon(input.watchId),
      })),
    ),
    test: os.watches.test.handler(async ({ input, signal }) => {
      const read = parseAccount(input.text);
      if ('problem' in read) throw new VigieError('source-unsupported', { source: read.text, detail: read.problem });
      const { handle } = read.account;
      const account = { handle, roomId: null };
      const { presence, steps } = await deps.resolver.streams(
        account,
        deps.gate.get,
        signal ?? new AbortController().signal,
      );
      deps.gate.heard(presence);
      const { blockedUntil } = deps.gate.state();
      const { state, reason, retryAfterMs } = presence;
      const retryAt = blockedUntil ?? (retryAfterMs === null ? null : Math.round(deps.now() + retryAfterMs));
      return { handle, state, reason, steps, retryAt };
    }),
    capture: os.watches.capture.handler(async ({ input, context }) => {
      service.known(input.watchId);
      const model = await deps.modelFor(input.watchId);
      return commands.once({ id: input.commandId, call: 'watches.capture', actor: context.actor.id }, () => ({
        liveId: service.capture(
          input.watchId,
          { roomId: input.roomId ?? null, streamUrl: input.streamUrl ?? null },
          model,
          context.actor.id,
        ),
      }));
    }),
    lives: os.watches.lives.handler(({ input }) => {
      service.known(input.watchId);
      const items = deps.lives.list({ watchId: input.watchId, before: input.before, limit: input.limit });
      return { items, next: items.length === input.limit ? (items.at(-1)?.id ?? null) : null };
    }),
  };
}
