import type { Analyser } from '../analyse/analyse-service.ts';
import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { BanksService } from './banks-service.ts';
import type { HitsStore } from './hits-store.ts';
import type { ReplayService } from './replay-service.ts';
import type { RulesFileService } from './rules-file-service.ts';
import type { RulesService } from './rules-service.ts';
import { tryRule } from './try-rule.ts';

export type RulesDesk = {
  service: RulesService;
  banks: BanksService;
  replays: ReplayService;
  files: RulesFileService;
  hits: HitsStore;
};

/** Handlers of `contract.rules`. */
export function rulesApi(os: Implementer, deps: RulesDesk & { commands: Commands; analyser: Analyser }) {
  const { service, banks, replays, files, hits, commands, analyser } = deps;
  type Call = { input: { commandId: string }; context: { actor: { id: string } } };
  /** Answers a command once, whoever repeats it. */
  const once = <T extends object>(call: string, { input, context }: Call, work: (actor: string) => T): T =>
    commands.once({ id: input.commandId, call: `rules.${call}`, actor: context.actor.id }, () =>
      work(context.actor.id),
    );
  const nothing = (work: () => void) => {
    work();
    return {};
  };
  return {
    list: os.rules.list.handler(() => ({ items: service.list() })),
    get: os.rules.get.handler(({ input: { ruleId } }) => ({
      rule: service.known(ruleId),
      versions: service.versions(ruleId),
    })),
    create: os.rules.create.handler((call) =>
      once('create', call, (actor) => service.create(call.input.definition, actor)),
    ),
    change: os.rules.change.handler((call) => {
      const { ruleId, definition, basedOn } = call.input;
      return once('change', call, (actor) => service.change(ruleId, definition, basedOn, actor));
    }),
    restoreVersion: os.rules.restoreVersion.handler((call) => {
      const { ruleId, version, basedOn } = call.input;
      return once('restoreVersion', call, (actor) => service.restoreVersion(ruleId, version, basedOn, actor));
    }),
    enable: os.rules.enable.handler((call) => {
      const { ruleId, version, state } = call.input;
      return once('enable', call, (actor) => service.enable(ruleId, version, state, actor));
    }),
    disable: os.rules.disable.handler((call) =>
      once('disable', call, (actor) => service.disable(call.input.ruleId, actor)),
    ),
    remove: os.rules.remove.handler((call) =>
      once('remove', call, (actor) => nothing(() => service.remove(call.input.ruleId, actor))),
    ),
    restore: os.rules.restore.handler((call) =>
      once('restore', call, (actor) => service.restore(call.input.ruleId, actor)),
    ),
    try: os.rules.try.handler(({ input: { definition, ...typed } }) =>
      tryRule(definition, service.made(definition).banks, typed, analyser.judge),
    ),
    replay: os.rules.replay.handler(async function* ({ input: { of, liveId = null }, signal }) {
      const made =
        'ruleId' in of
          ? service.versionOf(of.ruleId, of.version ?? service.known(of.ruleId).version)
          : { ...of, banks: service.made(of.definition).banks };
      yield* replays.replay(made.definition, made.banks, liveId, signal);
    }),
    hits: os.rules.hits.handler(({ input: { ruleId, ...page } }) => {
      service.known(ruleId);
      const items = hits.ofRule(ruleId, page);
      return { items, next: items.length === page.limit ? (items.at(-1)?.id ?? null) : null };
    }),
    banks: os.rules.banks.handler(() => ({ items: banks.list() })),
    createBank: os.rules.createBank.handler((call) =>
      once('createBank', call, (actor) => banks.create(call.input.fields, actor)),
    ),
    changeBank: os.rules.changeBank.handler((call) => {
      const { bankId, fields, basedOn } = call.input;
      return once('changeBank', call, (actor) => banks.change(bankId, fields, basedOn, actor));
    }),
    removeBank: os.rules.removeBank.handler((call) =>
      once('removeBank', call, (actor) => nothing(() => banks.remove(call.input.bankId, actor))),
    ),
    restoreBank: os.rules.restoreBank.handler((call) =>
      once('restoreBank', call, (actor) => banks.restore(call.input.bankId, actor)),
    ),
    export: os.rules.export.handler(({ input }) => ({ text: files.write(input.ruleIds ?? null) })),
    import: os.rules.import.handler((call) => once('import', call, (actor) => files.take(call.input.text, actor))),
  };
}
