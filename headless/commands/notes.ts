import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import { mostEditChars, mostNoteChars, type Note } from '#shared/model/note.ts';
import { clockTime, momentText } from '../output/figures.ts';
import { neutralise } from '../output/neutralise.ts';
import { segmentEvent } from '../output/from-model.ts';
import { VigieError } from '#shared/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { badInput, type Shell, withEngine } from './shell.ts';
import { idValue, momentValue, whole } from './values.ts';

export function notesCommand({ say, command, action }: Registrar): Command {
  return command('notes', ['notes 0198f0c2-…'])
    .addArgument(argument(say, '<live-id>', 'liveId', idValue(say)))
    .action(
      action<[string], object>((shell, [liveId]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { items } = await client.notes.list({ liveId });
          for (const note of items) tell(shell, note);
          if (items.length === 0) shell.output.notice(say('notes.none'));
          return exitCodes.ok;
        }),
      ),
    );
}

export function noteCommand({ say, command, action }: Registrar): Command {
  return command('note', ['note 0198f0c2-… "voir avec Léa" --at 0:12:30', 'note 0198f0c2-…'])
    .addArgument(argument(say, '<live-id>', 'liveId', idValue(say)))
    .addArgument(argument(say, '[text]', 'noteText'))
    .addOption(option(say, '--at <time>', 'at', momentValue(say, '--at')))
    .action(
      action<[string, string | undefined], { at?: number }>((shell, [liveId, text = ''], { at }) =>
        withEngine(shell, {}, async ({ client }) => {
          if (text.trim().length > mostNoteChars) throw badInput(say('usage.tooLong', { most: mostNoteChars }));
          const commandId = newId(shell.world.now());
          tell(shell, await client.notes.add({ liveId, text, atMs: at, commandId }));
          return exitCodes.ok;
        }),
      ),
    );
}

export function correctCommand({ say, command, action }: Registrar): Command {
  return command('correct', ['correct 0198f0c2-… 12 "il faut couper les poires"', 'correct 0198f0c2-… 12 --original'])
    .addArgument(argument(say, '<live-id>', 'liveId', idValue(say)))
    .addArgument(argument(say, '<number>', 'segmentNumber', whole(say, '<number>', 1, 1e9)))
    .addArgument(argument(say, '[text]', 'correction'))
    .addOption(option(say, '--original', 'original'))
    .action(
      action<[string, number, string | undefined], { original?: boolean }>(
        (shell, [liveId, number, text], { original }) => {
          if ((text === undefined) !== (original === true)) throw badInput(say('notes.textOrOriginal'));
          if (text !== undefined && text.trim() === '') throw badInput(say('notes.emptyCorrection'));
          if (text !== undefined && text.trim().length > mostEditChars)
            throw badInput(say('usage.tooLong', { most: mostEditChars }));
          return withEngine(shell, {}, async ({ client }) => {
            const [segment] = (await client.lives.segments({ liveId, fromNumber: number, limit: 1 })).items;
            if (segment?.number !== number) throw new VigieError('not-found', { what: 'segment', id: String(number) });
            const { items } = await client.notes.edits({ segmentId: segment.id });
            const commandId = newId(shell.world.now());
            const after = await client.notes.editSegment({
              segmentId: segment.id,
              text: text ?? null,
              basedOn: items[0]?.version ?? 0,
              commandId,
            });
            if (shell.output.json) shell.output.event(segmentEvent(after));
            else shell.output.line(neutralise(say(after.edited ? 'notes.corrected' : 'notes.uncorrected', { number })));
            return exitCodes.ok;
          });
        },
      ),
    );
}

function tell({ output }: Shell, note: Note): void {
  if (output.json) return output.event({ type: 'note', ...note });
  const { say, style } = output;
  const said = note.text === '' ? say('notes.bookmark') : neutralise(note.text);
  output.line(
    `${clockTime(note.atMs)}  ${said}  ${style.dim(`${neutralise(note.by)} · ${momentText(note.changedAt, say.locale)}`)}`,
  );
}
