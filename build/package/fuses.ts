import { readFileSync } from 'node:fs';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { parse } from 'yaml';

const enabled = '1'.charCodeAt(0);

/** The fuses (switches burnt into the program's binary) that electron-builder.yml asks for, by the names used there. */
export function readFuses(configFile: string): Record<string, boolean> {
  const config = parse(readFileSync(configFile, 'utf8')) as { electronFuses: Record<string, boolean> };
  return config.electronFuses;
}

/** Those that a packed program really has. Rejects when there is no fuse wire in it. */
export async function readProgramFuses(program: string): Promise<Record<string, boolean>> {
  const wire = await getCurrentFuseWire(program);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  return Object.fromEntries(
    names.map((name) => {
      const index = FuseV1Options[name as keyof typeof FuseV1Options];
      return [name[0]!.toLowerCase() + name.slice(1), Number(wire[index]) === enabled];
    }),
  );
}
