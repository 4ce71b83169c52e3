import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The program that opens a file the way a double click does, with its first arguments; null where nobody would see it. */
export function openerFor(
  platform: NodeJS.Platform,
  env: Record<string, string | undefined>,
): { command: string; args: string[] } | null {
  if (platform === 'darwin') return { command: 'open', args: [] };
  // Unlike `start`, this takes its argument as it is: no shell reads it.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { command: 'xdg-open', args: [] } : null;
}

/**
 * Opens the launch address in the person's browser by way of a page only they can read: an argument list can be read by
 * everybody on the machine, and the address holds a token. Returns false when there is no browser to open; `forget`
 * removes the page.
 */
export async function openBrowser(
  launchUrl: string,
  where: { dataDir: string; env: Record<string, string | undefined>; platform?: NodeJS.Platform },
): Promise<{ opened: boolean; forget(): Promise<void> }> {
  const { env, platform = process.platform } = where;
  const opener = openerFor(platform, env);
  if (!opener) return { opened: false, forget: async () => undefined };

  // mkdtemp makes the folder 0700.
  const folder = await mkdtemp(path.join(where.dataDir, 'open-'));
  const forget = () => rm(folder, { recursive: true, force: true });
  const page = path.join(folder, 'vigie.html');
  await writeFile(page, redirectPage(launchUrl), { mode: 0o600 });

  const target = platform === 'win32' ? page : pathToFileURL(page).href;
  const child = spawn(opener.command, [...opener.args, target], {
    env,
    stdio: 'ignore',
    detached: true,
    windowsHide: true,
  });
  child.unref();
  try {
    await once(child, 'spawn');
    return { opened: true, forget };
  } catch {
    // The opener is not installed: nothing was shown, and the address is printed anyway.
    await forget();
    return { opened: false, forget: async () => undefined };
  }
}

export function redirectPage(url: string): string {
  const literal = JSON.stringify(url).replaceAll('<', '\\u003c');
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Vigie</title><script>location.replace(${literal})</script>\n`;
}
