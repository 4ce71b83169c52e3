/**
 * Gives the single-use token of the address (`#token=...`) for the session cookie of this window, and takes the token out
 * of the address and the history before anything else can read it. Without a token the cookie of an earlier visit serves.
 */
export async function openSession(win: Window = window): Promise<void> {
  const token = tokenIn(win.location.hash);
  if (token === null) return;
  win.history.replaceState(null, '', `${win.location.pathname}${win.location.search}#/`);
  const answer = await win.fetch('/session', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  // A used token is not the end: a reloaded window still holds its cookie. The socket finds out.
  if (!answer.ok) console.warn(`session token refused: ${answer.status}`);
}

/** The token in a fragment `#token=...`, or null. */
export function tokenIn(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#\/?/, '')).get('token');
  return token === '' ? null : token;
}
