import type { App, Session, WebContents } from 'electron';
import { appOrigin, isAppPage } from './origin.ts';

/** The only powers our page may ask for; everything else (camera, microphone, location, USB, notifications...) is refused. */
const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Refuses every permission but the listed ones, to everyone but our own page, in requests and in checks alike. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, grant, details) => {
    grant(grantedPermissions.has(permission) && details.isMainFrame && isAppPage(contents.getURL()));
  });
  session.setPermissionCheckHandler((_, permission, origin) => {
    return grantedPermissions.has(permission) && (origin === appOrigin || origin === `${appOrigin}/`);
  });
  session.setDevicePermissionHandler(() => false);
  // What the page saves is what it made itself (an export it received by the port).
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
}

/**
 * Keeps every page of the app where it is. `open` is told the address of a link that asked for a new window: whether a
 * browser opens it is decided there.
 */
export function guardContents(app: App, open: (address: string) => void): void {
  app.on('web-contents-created', (_, contents) => keepInPlace(contents, open));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, trust) => {
    event.preventDefault();
    trust(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('login', (event, _contents, _details, _auth, answer) => {
    event.preventDefault();
    answer();
  });
}

/** Switches that would let another program drive or read our page; a package starts with none of them. */
const refusedSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'disable-web-security', 'load-extension'];

export function hasRefusedSwitch({ isPackaged, commandLine }: Pick<App, 'isPackaged' | 'commandLine'>): boolean {
  return isPackaged && refusedSwitches.some((name) => commandLine.hasSwitch(name));
}

function keepInPlace(contents: WebContents, open: (address: string) => void): void {
  // A reload of our own page is the one navigation there is.
  contents.on('will-navigate', (details) => {
    if (!isAppPage(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isAppPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    open(url);
    return { action: 'deny' };
  });
}
