import { protocol, type Session } from 'electron';
import type { PageFiles } from './page-files.ts';
import { scheme } from './origin.ts';

/**
 * Makes our scheme an origin of its own (`standard`) that counts as secure. Call before the app is ready.
 *
 * Neither `supportFetchAPI` nor `corsEnabled`: the page loads its own files and needs neither. The first without the
 * second let other origins read the scheme's answers (CVE-2026-70604, Electron below 42.0.0); with both off there is
 * nothing to read, whatever the version.
 */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: false,
        corsEnabled: false,
        bypassCSP: false,
        allowServiceWorkers: false,
        stream: false,
      },
    },
  ]);
}

/** What a page may load at all; the network belongs to the engine. `devtools:` only exists where they are switched on. */
const loadable: ReadonlySet<string> = new Set([`${scheme}:`, 'blob:', 'data:', 'devtools:']);

/** Serves the page's files on the session, and cancels every request of a page for anything else. */
export function servePage(session: Session, files: PageFiles): void {
  session.protocol.handle(scheme, (request) => files.answer(request));
  session.webRequest.onBeforeRequest((details, callback) => {
    const protocolName = URL.canParse(details.url) ? new URL(details.url).protocol : '';
    callback({ cancel: !loadable.has(protocolName) });
  });
}
