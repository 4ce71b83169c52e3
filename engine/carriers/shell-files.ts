import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export type ShellFile = { bytes: Buffer; type: string; cache: string };

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * The built UI as a closed list: request path -> file. Only what this walk found can ever be served, whatever a path
 * says; links are not followed and unknown kinds of files are left out.
 */
export async function listShellFiles(dir: string): Promise<{ read(path: string): Promise<ShellFile | null> }> {
  const files = new Map<string, string>();
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (!entry.isFile() || types[extname(entry.name)] === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(file.slice(dir.length).replaceAll('\\', '/').replace(/^\/*/, '/'), file);
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);

  return {
    async read(path) {
      const file = files.get(path);
      if (file === undefined) return null;
      // Vite puts a digest into every name under assets; the page itself must always be asked for anew.
      const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
      return { bytes: await readFile(file), type: types[extname(file)]!, cache };
    },
  };
}
