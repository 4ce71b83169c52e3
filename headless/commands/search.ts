import type { Command } from 'commander';
import { mostSearchChars } from '#shared/model/search.ts';
import { type Band, bands } from '#shared/policy/risk.ts';
import { clockTime, momentText, scoreText } from '../output/figures.ts';
import { segmentEvent } from '../output/from-model.ts';
import { neutralise } from '../output/neutralise.ts';
import { findCase } from './cases/find-case.ts';
import { exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { badInput, withEngine } from './shell.ts';
import { idValue, oneOf, whole } from './values.ts';

type Options = { live?: string; account?: string; case?: string; band?: Band; limit: number };

export function searchCommand({ say, command, action }: Registrar): Command {
  return command('search', [
    'search budget ministre',
    'search \'"dans le chat"\'',
    'search étrang* --band eleve --json',
  ])
    .addArgument(argument(say, '<words...>', 'words'))
    .addOption(option(say, '--live <id>', 'live', idValue(say)))
    .addOption(option(say, '--account <name>', 'account'))
    .addOption(option(say, '--case <case>', 'liveCase'))
    .addOption(option(say, '--band <band>', 'band', oneOf(say, '--band', bands)))
    .addOption(option(say, '--limit <n>', 'limit', whole(say, '--limit', 1, 200), 50))
    .action(
      action<[string[]], Options>((shell, [words], options) =>
        withEngine(shell, {}, async ({ client }) => {
          const { output } = shell;
          const text = words.join(' ');
          // Nothing that could be found is no answer of "nothing was said".
          if (!/[\p{L}\p{N}]/u.test(text)) throw badInput(say('search.needsWords'));
          if (text.length > mostSearchChars) throw badInput(say('usage.tooLong', { most: mostSearchChars }));
          const { style } = output;
          const { items, next } = await client.lives.search({
            text,
            liveId: options.live,
            account: options.account?.replace(/^@/, ''),
            caseId: options.case === undefined ? undefined : (await findCase(client, options.case)).id,
            band: options.band,
            limit: options.limit,
          });
          for (const hit of items) {
            const { liveTitle, account, liveStartedAt } = hit;
            const at = liveStartedAt + hit.startMs;
            if (output.json) {
              output.event({ ...segmentEvent(hit), type: 'hit', liveTitle, account, at });
              continue;
            }
            const risk = hit.verdict ? ` · ${scoreText(hit.verdict.scoreBp / 10_000)}` : '';
            const who = account ? ` · ${neutralise(account)}` : '';
            output.line(
              `${style.strong(neutralise(liveTitle))}${who} · ${clockTime(hit.startMs)} · ${momentText(at, say.locale)}${risk}`,
            );
            output.line(`  ${neutralise(hit.edited?.text ?? hit.text)}`);
            if (hit.edited) output.line(style.dim(`  ${say('search.original', { text: neutralise(hit.text) })}`));
          }
          if (items.length === 0) output.notice(say('search.none'));
          if (next !== null && options.limit < 200)
            output.notice(say('list.more', { limit: Math.min(200, options.limit * 2) }));
          return exitCodes.ok;
        }),
      ),
    );
}
