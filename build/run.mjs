// The one way into every task: `node build/run.mjs <task> [args...]`. Runs on Node 20 and later with nothing installed:
// brings the packages, the speech worker and the window up to date where the task needs them, then runs it on Node 24.
import { ensurePackages } from './bootstrap/packages.mjs';
import { say } from './bootstrap/say.mjs';
import { tasks } from './tasks.mjs';

const [name = '', ...args] = process.argv.slice(2);
const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
if (!task) {
  say(`${name ? `no task "${name}"` : 'which task?'} One of: ${Object.keys(tasks).join(', ')}`);
  process.exitCode = 2;
} else {
  try {
    await ensurePackages();
    process.exitCode = await task(args);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
