import { type Command, CommanderError } from 'commander';
import { isVigieError, type VigieError } from '#shared/errors.ts';
import { createSay, localeFrom } from '../i18n/index.ts';
import { createOutput } from '../output/output.ts';
import { exitCodeOf, type ExitCode, exitCodes } from './exit-codes.ts';
import { createInterrupts } from './interrupts.ts';
import { createProgram } from './program.ts';
import type { CommonOptions, Registrar } from './registrar.ts';
import { createShell, type World } from './shell.ts';
import { usageProblem } from './usage.ts';
import { asFailure } from './watch-live.ts';

/**
 * Runs one command line and answers with its exit code. Every failure becomes one sentence (or one line of JSON); defects go
 * to `onDefect` whole, for the log.
 */
export async function run(
  world: World,
  onDefect: (error: VigieError, dataDir: string | null) => void,
): Promise<ExitCode> {
  const { argv, stdout, stderr, env } = world;
  // Before anything is parsed, since what parsing says is already in that language and form.
  const say = createSay(localeFrom(valueOf(argv, '--locale'), env));
  const output = createOutput({ stdout, stderr, env, say, json: argv.includes('--json') });
  const interrupts = createInterrupts(() => {
    output.progress(null);
    output.notice(say('notice.left'));
    process.exit(exitCodes.interrupted);
  });
  world.outputClosed.addEventListener('abort', interrupts.press, { once: true });
  let code: ExitCode = exitCodes.ok;
  let dataDir: string | null = null;

  const action: Registrar['action'] =
    (work) =>
    async (...given) => {
      // commander gives the arguments, then the options, then the command.
      const command = given.pop() as Command;
      given.pop();
      const options = command.optsWithGlobals<CommonOptions>();
      const shell = createShell(world, output, interrupts, options);
      ({ dataDir } = shell);
      code = await work(shell, given as never, options as never);
    };

  const program = createProgram(say, action, {
    out: (text) => stdout.write(text),
    columns: Math.min(stdout.columns ?? 100, 120),
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (raw) {
    output.progress(null);
    const error = raw instanceof CommanderError ? usageProblem(raw, say) : asFailure(raw);
    if (error === null) return exitCodes.ok;
    if (isVigieError(error, 'internal')) onDefect(error, dataDir);
    output.failure(error);
    if (isVigieError(error, 'bad-input')) output.notice(say('usage.see', { help: helpFor(program, argv) }));
    return exitCodeOf(error.code);
  } finally {
    interrupts.dispose();
  }
}

function valueOf(argv: readonly string[], name: string): string | undefined {
  const joined = argv.find((word) => word.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const index = argv.indexOf(name);
  return index === -1 ? undefined : argv[index + 1];
}

function helpFor(program: Command, argv: readonly string[]): string {
  const command = program.commands.find((known) => argv.includes(known.name()));
  const part = command?.commands.find((known) => argv.includes(known.name()));
  return ['vigie', command?.name(), part?.name(), '--help'].filter((word) => word !== undefined).join(' ');
}
