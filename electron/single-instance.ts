import { app } from 'electron';
import { linkScheme, routeOfArguments, routeOfLink } from './deep-link.ts';

/**
 * One window program per data folder: a second start brings the first to the front, at the place its link names, and ends.
 * False in that second program. `show` may be called before the app is ready.
 */
export function becomeOnlyInstance(show: (route?: string) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.setAsDefaultProtocolClient(linkScheme);
  app.on('second-instance', (_, args) => show(routeOfArguments(args) ?? undefined));
  // macOS: links and clicks on the dock arrive as events, not as a second start.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const route = routeOfLink(url);
    if (route !== null) show(route);
  });
  app.on('activate', () => show());
  return true;
}
