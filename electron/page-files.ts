import { lstat, readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { appOrigin } from './origin.ts';
import { mimeTypes, securityHeaders } from './shell-policy.ts';

export type PageFiles = {
  /** Answers like a web server for the page's own files, and 404 or 405 for everything else. Never rejects for a hostile address. */
  answer(request: { url: string; method: string }): Promise<Response>;
  /** The addresses that can be answered. */
  readonly addresses: readonly string[];
};

/**
 * Lists the built page once: address -> file. An address is compared with this list as a string and never becomes a path,
 * so that there is nothing to traverse; links, hard links and unknown kinds of files are left out of the list.
 * Rejects when the folder is missing (nothing has been built).
 */
export async function listPageFiles(dir: string): Promise<PageFiles> {
  const files = new Map<string, string>();
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || mimeTypes[extname(entry.name)] === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    // A second name for the same bytes could be one for a file from elsewhere.
    if ((await lstat(file)).nlink > 1) continue;
    files.set(`${appOrigin}/${relative(dir, file).split(sep).join('/')}`, file);
  }

  return {
    addresses: [...files.keys()],
    async answer({ url, method }) {
      if (method !== 'GET' && method !== 'HEAD') return refusal(405);
      const file = files.get(withoutFragment(url));
      if (file === undefined) return refusal(404);
      const headers = { ...securityHeaders, 'content-type': mimeTypes[extname(file)]! };
      // The whole file: the largest is the page's script, below a few megabytes.
      return new Response(method === 'HEAD' ? null : new Uint8Array(await readFile(file)), { status: 200, headers });
    },
  };
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' } });
}
