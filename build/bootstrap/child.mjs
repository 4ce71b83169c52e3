import { spawn } from 'node:child_process';
import { packagedNode, root, taskEnvironment } from './paths.mjs';

/**
 * @typedef {object} ChildOptions
 * @property {Record<string, string>} [env]
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {string} [cwd] the repository when absent
 * @property {number} [limitMs] the child is ended after this long
 * @property {boolean} [shell] only for a fixed command without arguments from outside
 */

/** Standard output of a child that prepares something is ours to say, so it goes to standard error. */
export const chatter = /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 2]);

/**
 * Runs a program to its end; Ctrl-C and termination reach it, and it decides when to leave.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>} `code` as a shell would report it
 */
export function runChild(command, args, options = {}) {
  return new Promise((done, fail) => {
    const { stdio = 'inherit', limitMs, shell = false } = options;
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: taskEnvironment(options.env),
      stdio,
      shell,
      windowsHide: true,
    });
    /** @param {NodeJS.Signals} signal */
    const onSignal = (signal) => {
      // A terminal sends Ctrl-C to the child itself; a second copy would mean "leave at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, onSignal);
    const timer = limitMs ? setTimeout(() => child.kill('SIGKILL'), limitMs) : undefined;
    const end = () => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
    };
    child.on('error', (error) => {
      end();
      fail(error);
    });
    child.on('close', (code, signal) => {
      end();
      done({ code: code ?? 128 + (signalNumbers[/** @type {string} */ (signal)] ?? 9), signal });
    });
  });
}

/** @type {Record<string, number>} */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/**
 * Runs a script with the packaged Node 24.
 * @param {string[]} args script and its arguments
 * @param {ChildOptions} [options]
 */
export async function runNode(args, options) {
  const node = packagedNode();
  if (!node) throw new Error('Node 24 is not installed: the package "node" is missing');
  return (await runChild(node, args, options)).code;
}

/**
 * What a short program prints; null when it is missing or fails.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string | null>}
 */
export function outputOf(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', () => done(null));
    child.on('close', (code) => done(code === 0 ? text : null));
  });
}
