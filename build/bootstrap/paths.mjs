import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {string[]} parts a file of an installed package */
export function inPackages(...parts) {
  return join(root, 'node_modules', ...parts);
}

/** The Node 24 that comes as a package; null before it is installed. On Windows `bin/node` is a placeholder. */
export function packagedNode() {
  const names = process.platform === 'win32' ? ['node.exe'] : ['node'];
  return names.map((name) => inPackages('node', 'bin', name)).find((file) => existsSync(file)) ?? null;
}

/**
 * The environment of a task: `node` and the packages' programs first on the path.
 * @param {Record<string, string>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function taskEnvironment(extra = {}) {
  const node = packagedNode();
  const first = [...(node ? [dirname(node)] : []), inPackages('.bin')];
  // Windows spells it `Path`, and an object made from the environment is no longer indifferent to case.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: [...first, process.env[name] ?? ''].join(delimiter), ...extra };
}
