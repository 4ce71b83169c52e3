#!/usr/bin/env node
import { run } from './commands/run.ts';
import { exitCodes } from './commands/exit-codes.ts';
import { logDefect } from './commands/defects.ts';

// `vigie ... | head` closes our output early: that is how it is meant to end, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

process.exitCode = await run(
  {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    monotonicMs: () => performance.now(),
    now: () => Date.now(),
  },
  logDefect,
);

// Everything is closed by now; whatever still keeps the process alive has had its chance, e.g. a terminal as standard input.
process.stdin.destroy();
setTimeout(() => process.exit(), 2_000).unref();
