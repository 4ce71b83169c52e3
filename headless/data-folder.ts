import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where everything lives when nobody says: the folder for a user's application data on this system, never one that is
 * synchronised between machines (Windows: Local, not Roaming).
 */
export function defaultDataDir(
  env: Record<string, string | undefined>,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'vigie');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'vigie');
  // XDG Base Directory Specification: a relative value is invalid and counts as absent.
  const base = env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(base, 'vigie');
}
