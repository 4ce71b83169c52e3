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
  return environmentOf(['PATH', 'SystemRoot', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR', 'LANG']);
}

function environmentOf(kept: readonly string[]): Record<string, string> {
  const pairs = kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []));
  return Object.fromEntries(pairs);
}

/** What a client of the user's own sound server needs to find it and to be let in. */
export function soundServerEnvironment(): Record<string, string> {
  return environmentOf(['HOME', 'XDG_RUNTIME_DIR', 'PULSE_SERVER', 'PULSE_COOKIE', 'PIPEWIRE_REMOTE']);
}

export const systemSpawn: Spawn = (binary, args, options) =>
  nodeSpawn(binary, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    cwd: options?.cwd,
    env: { ...minimalEnvironment(), ...options?.env },
  });
