import path from 'node:path';
import type { EngineOptions } from '#engine';
import { VigieError } from '#shared/errors.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { Connection } from '../connect.ts';
import { defaultDataDir, engineOptionsFor } from '../engine-options.ts';
import type { Output, Sink } from '../output/output.ts';
import { settingsFrom } from './environment.ts';
import type { Interrupts } from './interrupts.ts';

export type Environment = Record<string, string | undefined>;

/** Everything the program takes from its process. */
export type World = {
  argv: readonly string[];
  env: Environment;
  cwd: string;
  stdin: AsyncIterable<Uint8Array>;
  stdout: Sink;
  stderr: Sink;
  /** Aborts when nobody reads standard output any more (`vigie ... | head`). */
  outputClosed: AbortSignal;
  /** Milliseconds of a clock that never jumps, and epoch milliseconds. */
  monotonicMs(): number;
  now(): number;
};

/** What a command works with. */
export type Shell = {
  world: World;
  output: Output;
  dataDir: string;
  /** Whether --data named the folder: then the commands we suggest name it too. */
  dataDirGiven: boolean;
  interrupts: Interrupts;
  /** Settings that the environment overrides. */
  overrides: Partial<Settings>;
  /** Finds or becomes the engine, and says so when somebody else's does the work. */
  open(options?: { door?: boolean; ownEngineOnly?: boolean }): Promise<Connection>;
  /** What an engine on the shell's folder is opened with. */
  engineOptions(): EngineOptions;
  /** The same shell on another data folder. */
  inFolder(dataDir: string): Shell;
};

/** @throws VigieError `bad-input` for an environment variable that makes no sense */
export function createShell(world: World, output: Output, interrupts: Interrupts, options: { data?: string }): Shell {
  const overrides = settingsFrom(world.env, world.cwd, output.say);
  const inFolder = (dataDir: string): Shell => ({
    world,
    output,
    dataDir,
    dataDirGiven: options.data !== undefined,
    interrupts,
    overrides,
    inFolder,
    engineOptions: () => optionsFor(dataDir),
    open: (how = {}) => open(dataDir, how),
  });

  const optionsFor = (dataDir: string) =>
    engineOptionsFor({ dataDir, owner: 'command-line', env: world.env, settings: overrides });

  async function open(
    dataDir: string,
    { door = false, ownEngineOnly = false }: { door?: boolean; ownEngineOnly?: boolean },
  ) {
    // Loaded here, so that help and usage errors are told at once, and even where the engine cannot be loaded.
    const { connect } = await import('../connect.ts');
    const connection = await connect({ dataDir, engineOptions: optionsFor(dataDir), door, ownEngineOnly });
    if (!connection.engine) {
      const { owner, pid } = await connection.client.system.status();
      const key = `owner.${owner}`;
      output.notice(
        output.say('notice.usingEngine', { owner: output.say(output.say.has(key) ? key : 'owner.unknown'), pid }),
      );
    }
    return connection;
  }

  return inFolder(path.resolve(world.cwd, options.data ?? (world.env.VIGIE_DATA || defaultDataDir(world.env))));
}

/** Runs `work` on an engine and leaves the engine in any case. An engine that breaks meanwhile ends the work. */
export async function withEngine<T>(
  shell: Shell,
  options: { door?: boolean; ownEngineOnly?: boolean },
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await shell.open(options);
  try {
    const broken = connection.engine?.failed.then((error) => Promise.reject(error));
    return await (broken ? Promise.race([work(connection), broken]) : work(connection));
  } finally {
    await connection.close();
  }
}

export function badInput(problem: string): VigieError<'bad-input'> {
  return new VigieError('bad-input', { problem });
}
