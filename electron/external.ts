export type ExternalTarget = {
  /** The address as it will be opened, normalised. */
  url: string;
  /** The host in ASCII: what a person is shown, so that a look-alike letter cannot pose as another. */
  host: string;
};

const maxLength = 2048;
/** Controls, spaces, and the invisible or direction-changing characters that make an address look like another. */
const deceptive =
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/u;
const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * What the person's browser may be asked to open: https on a public-looking host name and the usual port, without
 * credentials and without characters that deceive. Everything else is null: the operating system has a program for
 * nearly every scheme, and the address may be a streamer's invention.
 */
export function externalTarget(address: unknown): ExternalTarget | null {
  if (typeof address !== 'string' || address.length > maxLength || deceptive.test(address)) return null;
  if (!/^https:\/\/[^/\\]/i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return null;
  if (!hostName.test(url.hostname)) return null;
  return { url: url.href, host: url.hostname };
}
