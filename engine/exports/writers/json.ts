import { transcriptDocument, type TranscriptDocument } from '#shared/model/transcript-document.ts';

/**
 * The whole document, shape `vigie.transcript/1`: exactly shared/model/transcript-document.ts, keys in that order, times
 * in epoch ms UTC (`...At`) or ms of the live's timeline (`startMs`, `endMs`), scores in basis points. One segment, gap
 * and alert per line, so that two exports can be compared with ordinary tools. Valid JSON (RFC 8259) for any text:
 * lone surrogates leave as escapes.
 */
export function write(document: TranscriptDocument): string {
  const members = Object.entries(transcriptDocument.parse(document)).map(([key, value]) => {
    const body =
      Array.isArray(value) && value.length > 0
        ? `[\n${value.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
        : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${body}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
