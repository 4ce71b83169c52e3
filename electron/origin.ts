/** The scheme our own page is served under; a name of its own, so that no other page can share its origin. */
export const scheme = 'vigie-app';
export const appOrigin = `${scheme}://app`;
export const appPage = `${appOrigin}/index.html`;

/** True for our page and nothing else: exact origin, exact path, any fragment, no query. */
export function isAppPage(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed) return false;
  parsed.hash = '';
  return parsed.href === appPage;
}
