import type { Command } from 'commander';
import type { EngineClient } from '#shared/contract/index.ts';
import { newId } from '#shared/ids.ts';
import type { Rule } from '#shared/model/rule.ts';
import { askedConditions, bankEvent, type RuleEvent, ruleEvent } from '../../output/rule-events.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, option, type Registrar } from '../registrar.ts';
import { badInput, type Shell, withEngine } from '../shell.ts';
import { idValue, whole } from '../values.ts';
import { findRule, ruleNames } from './find-rule.ts';
import { replayRule } from './replay-rule.ts';
import { definitionFrom, type RuleOptions, withRuleOptions } from './rule-options.ts';
import { exportRules, importRules } from './rules-files.ts';

/** Rules that raise alerts by themselves, and the banks of words that they share. */
export function rulesCommand(registrar: Registrar): Command {
  const group = registrar.command('rules', [
    'rules',
    'rules add "Menaces" --words "te tuer, te tabass*" --not-words "film, série" --lane urgent',
    'rules enable "Menaces"',
  ]);
  for (const declare of [
    listRules,
    addRule,
    showRule,
    tryRule,
    replay,
    enableRule,
    disableRule,
    listHits,
    removeRule,
    restoreRule,
    listBanks,
    importRules,
    exportRules,
  ])
    declare(registrar, group);
  return group;
}

async function tell({ output }: Shell, client: EngineClient, rule: Rule, done: RuleEvent['done']): Promise<void> {
  output.event(ruleEvent(rule, done, await ruleNames(client)));
}

function listRules({ say, command, action }: Registrar, group: Command): void {
  command('list', ['rules list --json'], group).action(
    action<[], object>((shell) =>
      withEngine(shell, {}, async ({ client }) => {
        const [{ items }, names] = [await client.rules.list(), await ruleNames(client)];
        for (const rule of items) shell.output.event(ruleEvent(rule, null, names));
        if (items.length === 0) shell.output.notice(say('rules.none'));
        return exitCodes.ok;
      }),
    ),
  );
}

function addRule({ say, command, action }: Registrar, group: Command): void {
  const examples = [
    'rules add "Menaces" --bank "Menaces (français)" --band moyen',
    'rules add "Nom cité" --words "Léa Martin" --mark',
  ];
  withRuleOptions(say, command('add', examples, group).addArgument(argument(say, '<name>', 'ruleName'))).action(
    action<[string], RuleOptions>((shell, [name], options) =>
      withEngine(shell, {}, async ({ client }) => {
        const definition = await definitionFrom(client, name, options);
        if (definition.blocks.length === 0) throw badInput(say('rules.noCondition'));
        await tell(
          shell,
          client,
          await client.rules.create({ definition, commandId: newId(shell.world.now()) }),
          'added',
        );
        shell.output.notice(say('rules.addedNext', { name }));
        return exitCodes.ok;
      }),
    ),
  );
}

function showRule({ say, command, action }: Registrar, group: Command): void {
  command('show', ['rules show "Menaces"'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .action(
      action<[string], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { rule, versions } = await client.rules.get({ ruleId: (await findRule(client, typed)).id });
          const names = await ruleNames(client);
          shell.output.event(ruleEvent(rule, null, names));
          for (const { definition, banks: _banks, ...version } of versions) {
            const when = askedConditions(definition.blocks, names);
            shell.output.event({ type: 'rule-version', ruleId: rule.id, ...version, when });
          }
          return exitCodes.ok;
        }),
      ),
    );
}

function tryRule({ say, command, action }: Registrar, group: Command): void {
  command('try', ['rules try "Menaces" "on sait où tu habites"'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .addArgument(argument(say, '<text>', 'ruleText'))
    .action(
      action<[string, string], object>((shell, [typed, text]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { id: ruleId, definition } = await findRule(client, typed);
          const { matches, answers } = await client.rules.try({ definition, text });
          shell.output.event({
            type: 'rule-try',
            ruleId,
            matches,
            answers: answers.map((block) =>
              block.map(({ met, quotes }) => ({ met, quotes: quotes.map((quote) => quote.text) })),
            ),
            when: askedConditions(definition.blocks, await ruleNames(client)),
          });
          return exitCodes.ok;
        }),
      ),
    );
}

function replay({ say, command, action }: Registrar, group: Command): void {
  command('replay', ['rules replay "Menaces"', 'rules replay "Menaces" --live 0198f0c2-… --json'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .addOption(option(say, '--rule-version <n>', 'ruleVersion', whole(say, '--rule-version', 1, 1e6)))
    .addOption(option(say, '--live <live-id>', 'live', idValue(say)))
    .action(
      action<[string], { ruleVersion?: number; live?: string }>(
        (shell, [typed], { ruleVersion: version, live: liveId }) =>
          withEngine(shell, {}, async ({ client }) => {
            const rule = await findRule(client, typed);
            await replayRule(shell, client, rule, { version: version ?? rule.version, liveId, hits: true });
            return exitCodes.ok;
          }),
      ),
    );
}

function enableRule({ say, command, action }: Registrar, group: Command): void {
  command('enable', ['rules enable "Menaces"', 'rules enable "Menaces" --shadow'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .addOption(option(say, '--shadow', 'ruleShadow'))
    .addOption(option(say, '--rule-version <n>', 'ruleVersion', whole(say, '--rule-version', 1, 1e6)))
    .action(
      action<[string], { shadow?: boolean; ruleVersion?: number }>((shell, [typed], options) =>
        withEngine(shell, {}, async ({ client }) => {
          const rule = await findRule(client, typed);
          const version = options.ruleVersion ?? rule.version;
          // What it would have done is told before it does anything.
          await replayRule(shell, client, rule, { version, liveId: undefined, hits: false });
          const state = options.shadow ? 'shadow' : 'active';
          const commandId = newId(shell.world.now());
          await tell(
            shell,
            client,
            await client.rules.enable({ ruleId: rule.id, version, state, commandId }),
            'enabled',
          );
          return exitCodes.ok;
        }),
      ),
    );
}

function disableRule({ say, command, action }: Registrar, group: Command): void {
  command('disable', ['rules disable "Menaces"'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .action(
      action<[string], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { id: ruleId } = await findRule(client, typed);
          const commandId = newId(shell.world.now());
          await tell(shell, client, await client.rules.disable({ ruleId, commandId }), 'disabled');
          return exitCodes.ok;
        }),
      ),
    );
}

function listHits({ say, command, action }: Registrar, group: Command): void {
  command('hits', ['rules hits "Menaces" --limit 20'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .addOption(option(say, '--limit <n>', 'limit', whole(say, '--limit', 1, 500), 50))
    .action(
      action<[string], { limit: number }>((shell, [typed], { limit }) =>
        withEngine(shell, {}, async ({ client }) => {
          const { id: ruleId } = await findRule(client, typed);
          const { items } = await client.rules.hits({ ruleId, limit });
          for (const { id: _id, ...hit } of items) shell.output.event({ type: 'rule-hit', ruleId, ...hit });
          if (items.length === 0) shell.output.notice(say('rules.noHits'));
          return exitCodes.ok;
        }),
      ),
    );
}

function removeRule({ say, command, action }: Registrar, group: Command): void {
  command('remove', ['rules remove "Menaces"'], group)
    .addArgument(argument(say, '<rule>', 'rule'))
    .action(
      action<[string], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const rule = await findRule(client, typed);
          await client.rules.remove({ ruleId: rule.id, commandId: newId(shell.world.now()) });
          await tell(shell, client, { ...rule, state: 'draft', running: null }, 'removed');
          const data = shell.dataDirGiven ? ` --data ${shell.dataDir}` : '';
          shell.output.notice(say('rules.undoHint', { id: rule.id, data }));
          return exitCodes.ok;
        }),
      ),
    );
}

function restoreRule({ say, command, action }: Registrar, group: Command): void {
  command('restore', ['rules restore 0198f0c2-…'], group)
    .addArgument(argument(say, '<rule-id>', 'removedRule', idValue(say)))
    .action(
      action<[string], object>((shell, [ruleId]) =>
        withEngine(shell, {}, async ({ client }) => {
          const commandId = newId(shell.world.now());
          await tell(shell, client, await client.rules.restore({ ruleId, commandId }), 'restored');
          return exitCodes.ok;
        }),
      ),
    );
}

function listBanks({ say, command, action }: Registrar, group: Command): void {
  command('banks', ['rules banks'], group).action(
    action<[], object>((shell) =>
      withEngine(shell, {}, async ({ client }) => {
        const { items } = await client.rules.banks();
        for (const bank of items) shell.output.event(bankEvent(bank, null));
        if (items.length === 0) shell.output.notice(say('rules.noBanks'));
        return exitCodes.ok;
      }),
    ),
  );
}
