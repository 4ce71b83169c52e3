import type { ExportFormat } from '#shared/model/export.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';

/** Of the 255 a file system allows; the rest is for the prefix, the date, and folders on systems that bound whole paths. */
const slugBytes = 120;

/**
 * A file name for the export, like `vigie-live-fr-2026-11-21-1403.pdf`: title (letters and figures only, any script, NFC),
 * start of the live in the document's zone. Valid on Windows, macOS and Linux: the prefix and the ending rule out reserved
 * names, leading dashes and trailing dots; no separators, controls, bidirectional marks; at most 160 bytes.
 */
export function exportFileName(document: Pick<TranscriptDocument, 'live' | 'timeZone'>, format: ExportFormat): string {
  return `vigie-${slug(document.live.title)}-${stamp(document.live.startedAt, document.timeZone)}.${format}`;
}

function slug(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .normalize('NFC');
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(words)) {
    if (Buffer.byteLength(kept + segment) > slugBytes) break;
    kept += segment;
  }
  return kept.replace(/^[-\p{M}]+|-+$/gu, '') || 'live';
}

function stamp(atMs: number, timeZone: string): string {
  const read = (zone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(atMs);
  let local: string;
  try {
    local = read(timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    local = read('UTC');
  }
  return local.replace(' ', '-').replace(':', '');
}
