import { type ChildProcess, spawn as nodeSpawn } from 'node:child_process';

export type SpawnOptions = {
  /** The whole environment of the child: nothing is inherited. */
  env?: Record<string, string>;
  cwd?: string;
};

/** Process spawn as a parameter: absolute binary, argument list, no shell, three pipes. */
export type Spawn = (binary: string, args: readonly string[], options?: SpawnOptions) => ChildProcess;

/** The variables a child needs to start at all; keys, proxies and everything else stay here. */
export function minimalEnvironment(): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR', 'LANG'];
  const pairs = kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []));
  return Object.fromEntries(pairs);
}

export const systemSpawn: Spawn = (binary, args, options) =>
  nodeSpawn(binary, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    cwd: options?.cwd,
    env: { ...minimalEnvironment(), ...options?.env },
  });
