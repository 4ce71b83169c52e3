import type { Gate } from './gate.ts';

/** What a request says of itself before anything is done for it. `rawHeaders` as Node gives them: name, value, name, value. */
export type Knock = { method: string; target: string; rawHeaders: readonly string[]; upgrade: boolean };

export type Admission =
  /** A file of the UI: no data in it, so no session is asked for. `path` is exact, never decoded. */
  | { as: 'shell-file'; path: string }
  /** May present a launch token. `signedIn`: it already has a session. */
  | { as: 'session'; signedIn: boolean }
  | { as: 'socket'; caller: 'browser' | 'command-line' }
  | { as: 'refused'; status: 403 | 404 | 405 | 426; reason: string };

/** Cookies do not know ports: each port has its own name, so that two engines do not take each other's place. */
export function cookieName(port: number): string {
  return `vigie-${port}`;
}

/**
 * Decides, before any routing, whether a request or upgrade may go on: exact Host (DNS rebinding), exact Origin and
 * Fetch Metadata (other pages), and a token. Pure but for the look at the gate.
 */
export function admit(knock: Knock, door: { port: number; gate: Pick<Gate, 'isCli' | 'isSession'> }): Admission {
  const headers = readHeaders(knock.rawHeaders);
  if (headers === null) return refused(403, 'repeated header');
  const host = headers.get('host');
  if (host !== `127.0.0.1:${door.port}` && host !== `localhost:${door.port}`) return refused(403, 'host');
  // The absolute form (`GET http://other/ HTTP/1.1`) names a host of its own.
  if (!knock.target.startsWith('/') || knock.target.startsWith('//')) return refused(403, 'target');

  const origin = headers.get('origin');
  if (origin !== undefined && origin !== `http://${host}`) return refused(403, 'origin');

  const authorization = headers.get('authorization');
  const bearer = authorization === undefined ? null : /^Bearer ([\w-]{43})$/.exec(authorization)?.[1];
  if (bearer !== null) {
    // Pages cannot be given this token, so a bearer that has an origin is not our command line.
    if (origin !== undefined) return refused(403, 'origin with bearer');
    if (bearer === undefined || !door.gate.isCli(bearer)) return refused(403, 'token');
  }

  const path = knock.target.split('?', 1)[0]!;
  const site = headers.get('sec-fetch-site');
  const ownPage = origin !== undefined && (site === undefined || site === 'same-origin');
  const signedIn = sessionsIn(headers.get('cookie'), door.port).some((value) => door.gate.isSession(value));

  if (path === '/rpc') {
    if (bearer === null && !ownPage) return refused(403, 'origin');
    if (bearer === null && !signedIn) return refused(403, 'token');
    if (!knock.upgrade) return refused(426, 'not an upgrade');
    if (knock.method !== 'GET') return refused(405, 'method');
    return { as: 'socket', caller: bearer === null ? 'browser' : 'command-line' };
  }
  if (knock.upgrade) return refused(403, 'upgrade');
  if (path === '/session') {
    if (!ownPage) return refused(403, 'origin');
    if (knock.method !== 'POST') return refused(405, 'method');
    return { as: 'session', signedIn };
  }
  if (!mayShowShell(headers, site)) return refused(403, 'fetch metadata');
  if (knock.method !== 'GET' && knock.method !== 'HEAD') return refused(405, 'method');
  return { as: 'shell-file', path };
}

/** Our own pages, an address typed or opened by the system, or a link followed to a page of its own (not a frame). */
function mayShowShell(headers: ReadonlyMap<string, string>, site: string | undefined): boolean {
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document';
}

/** Headers by lower-case name; null when one that decides comes twice, since readers disagree about which one counts. */
function readHeaders(raw: readonly string[]): ReadonlyMap<string, string> | null {
  const headers = new Map<string, string>();
  const single = ['host', 'origin', 'authorization', 'cookie', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    if (headers.has(name) && single.includes(name)) return null;
    headers.set(name, raw[index + 1]!);
  }
  return headers;
}

function sessionsIn(cookie: string | undefined, port: number): string[] {
  const prefix = `${cookieName(port)}=`;
  return (cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
}

function refused(status: 403 | 404 | 405 | 426, reason: string): Admission {
  return { as: 'refused', status, reason };
}
