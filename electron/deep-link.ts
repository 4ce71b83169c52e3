/** The scheme other programs use to open something in Vigie. It only ever leads to a page of our own. */
export const linkScheme = 'vigie';

const id = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const link = new RegExp(`^vigie://(alerte|live)/(${id})/?$`);

/** The routes of the page (the part after `#` of its address). */
export const routes = {
  alert: (alertId: string) => `#/review?alert=${alertId}`,
  queue: '#/review',
  account: (watchId: string) => `#/watches/${watchId}`,
  live: (liveId: string) => `#/lives/${liveId}`,
} as const;

/** The route behind `vigie://alerte/<id>` or `vigie://live/<id>`; null for anything else, since any page can make such links. */
export function routeOfLink(address: string): string | null {
  const [, kind, target] = link.exec(address) ?? [];
  if (!target) return null;
  return kind === 'alerte' ? routes.alert(target) : routes.live(target);
}

/** The first link among the arguments of a start of the program; null when there is none. */
export function routeOfArguments(args: readonly string[]): string | null {
  return args.map(routeOfLink).find((route) => route !== null) ?? null;
}
