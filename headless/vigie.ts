#!/usr/bin/env node
import { invocationFolder } from './commands/invocation-folder.ts';
import { run } from './commands/run.ts';
import { logDefect } from './commands/defects.ts';

// `vigie ... | head` closes our output early: a way of saying that it is enough, like Ctrl-C.
const outputClosed = new AbortController();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  outputClosed.abort();
});

process.exitCode = await run(
  {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: invocationFolder(process.env, process.cwd()),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    outputClosed: outputClosed.signal,
    monotonicMs: () => performance.now(),
    now: () => Date.now(),
  },
  logDefect,
);

// Everything is closed by now; whatever still keeps the process alive has had its chance, e.g. a terminal as standard input.
process.stdin.destroy();
setTimeout(() => process.exit(), 2_000).unref();
