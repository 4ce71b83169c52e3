import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '#engine';
import type { ExportFormat } from '#shared/model/export.ts';
import type { EndEvent } from '../output/events.ts';
import { exportEvent } from '../output/from-model.ts';
import { referenceFile, scoreLive } from '../reference/score-live.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { option, type Registrar } from './registrar.ts';
import { type Shell, withEngine } from './shell.ts';
import { type WatchedLive, watchLive } from './watch-live.ts';
import { exportFailure, writeExport } from './write-exports.ts';
import type { Connection } from '../connect.ts';

type Options = { fast?: boolean; out: string; keep?: boolean };

/** How much of the demo plays as a live would. */
const pacedMs = 20_000;
const formats: readonly ExportFormat[] = ['pdf', 'srt', 'vtt', 'csv', 'json'];

export function demoCommand({ say, command, action }: Registrar): Command {
  return command('demo', ['demo', 'demo --fast --json', 'demo --keep --out ~/vigie-demo'])
    .addOption(option(say, '--fast', 'fast'))
    .addOption(option(say, '--out <dir>', 'demoOut', undefined, 'vigie-demo'))
    .addOption(option(say, '--keep', 'keep'))
    .action(
      action<[], Options>(async (given, _args, options) => {
        const outDir = path.resolve(given.world.cwd, options.out);
        const shell = await dataPlace(given, outDir, options.keep ?? false);
        const { output } = shell;
        output.line(say('demo.intro'));
        if (!options.fast) output.line(say('demo.paced', { seconds: pacedMs / 1000 }));
        output.notice(say('notice.dataFolder', { path: shell.dataDir }));
        output.line();

        return await withEngine(shell, { door: true }, async (connection) => {
          const watched = await watchLive(shell, connection, watchInput(options.fast ?? false, shell), (event) =>
            output.event(event),
          );
          if (watched.failure || shell.interrupts.pressed) {
            output.event(watched.end);
            if (watched.failure) output.failure(watched.failure, { liveId: watched.live.id });
            return watched.failure ? exitCodeOf(watched.failure.code) : exitCodes.interrupted;
          }
          output.event(await summary(shell, connection, watched, options.fast ?? false));
          await writeFiles(shell, connection, watched.live.id, outDir);
          tellWhatNext(shell, options.keep ?? false);
          return watched.end.failed > 0 ? exitCodes.speech : exitCodes.ok;
        });
      }),
    );
}

/** --data as given; --keep beside the files; else a fresh temporary folder, left for the commands suggested at the end. */
async function dataPlace(shell: Shell, outDir: string, keep: boolean): Promise<Shell> {
  if (shell.dataDirGiven) return shell;
  return shell.inFolder(keep ? path.join(outDir, 'data') : await mkdtemp(path.join(tmpdir(), 'vigie-demo-')));
}

function watchInput(fast: boolean, shell: Shell) {
  const { output, overrides } = shell;
  return {
    source: demoFile(shell, 'live-fr.ogg'),
    title: output.say('demo.title'),
    account: '@cuisine_demo',
    language: 'fr' as const,
    model: overrides.model,
    ...(fast ? { speed: 'max' as const } : { speed: '1' as const, realtimeForMs: pacedMs }),
  };
}

function demoFile(shell: Shell, name: string): string {
  return path.join(shell.engineOptions().resourcesDir, 'demo', name);
}

async function summary(
  shell: Shell,
  connection: Connection,
  { end, segments }: WatchedLive,
  fast: boolean,
): Promise<EndEvent> {
  const text = await readFile(demoFile(shell, 'live-fr.json'), 'utf8');
  const reference = scoreLive(referenceFile.parse(JSON.parse(text)), segments);
  const { speech } = await connection.client.system.status();
  const paced = fast ? 0 : pacedMs;
  const realTimeFactor = end.soundMs > paced ? Math.max(0, end.elapsedMs - paced) / (end.soundMs - paced) : null;
  return { ...end, demo: { reference, realTimeFactor, speech } };
}

async function writeFiles(shell: Shell, connection: Connection, liveId: string, outDir: string): Promise<void> {
  const { output } = shell;
  output.line();
  output.line(output.style.strong(output.say('export.heading')));
  for (const format of formats) {
    try {
      makeFolder(outDir);
      const file = path.join(outDir, `vigie-demo.${format}`);
      output.event(exportEvent(await writeExport(shell, connection, { liveId, format, path: file })));
    } catch (error) {
      throw exportFailure(format, error);
    }
  }
}

function tellWhatNext({ output, dataDir, dataDirGiven }: Shell, keep: boolean): void {
  const { say, style } = output;
  const data = `--data ${/^[\w@%+=:,./-]+$/.test(dataDir) ? dataDir : JSON.stringify(dataDir)}`;
  const next: [string, string][] = [
    ['demo.nextQueue', `npm start -- ${data}`],
    ['demo.nextAlerts', `npm run -s vigie -- alerts --status pending ${data}`],
    ['demo.nextWatch', 'npm run -s vigie -- watch <source>'],
  ];
  output.line();
  output.line(style.strong(say('demo.next')));
  for (const [key, typed] of next) output.line(`  ${typed}\n    ${style.dim(say(key))}`);
  output.line();
  output.line(say(keep || dataDirGiven ? 'demo.kept' : 'demo.temporary', { path: dataDir }));
}
