/** What the first bytes and the headers of an answer say it is. */
export type Kind = { kind: 'playlist' } | { kind: 'media' } | { kind: 'unsupported'; detail: string };

const startOf = (head: Uint8Array) =>
  new TextDecoder('latin1')
    .decode(head.subarray(0, 512))
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .trimStart();

/** The bytes decide; the type only names what they are not. */
export function sniff(head: Uint8Array, contentType: string): Kind {
  const start = startOf(head);
  if (start.startsWith('#EXTM3U')) return { kind: 'playlist' };
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.endsWith('mpegurl')) return { kind: 'playlist' };
  if (/^<(\?xml|mpd)\b/i.test(start) && /<mpd\b/i.test(start)) return { kind: 'unsupported', detail: 'DASH (MPD)' };
  if (/^<(!doctype html|html|head|body|\?xml|rss)\b/i.test(start))
    return { kind: 'unsupported', detail: type || 'a-page' };
  if (type === 'application/json' || type === 'text/html') return { kind: 'unsupported', detail: type };
  return { kind: 'media' };
}
