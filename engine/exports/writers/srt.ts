import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { cuesOf } from './cues.ts';
import { subtitleTime } from './times.ts';

/** SubRip has no escape: an invisible word joiner (U+2060) keeps `<b>`, `{\an8}` and `-->` from being read as commands. */
function inert(line: string): string {
  return line
    .replace(/<(?=[\w/!])/g, '<\u2060')
    .replace(/\{(?=\\)/g, '{\u2060')
    .replaceAll('-->', '--\u2060>');
}

/** The written segments as SubRip subtitles, UTF-8, times on the live's timeline. Gaps have no place in this format. */
export function write(document: TranscriptDocument): string {
  return cuesOf(document.segments)
    .map(
      (cue, index) =>
        `${index + 1}\n${subtitleTime(cue.startMs, ',')} --> ${subtitleTime(cue.endMs, ',')}\n${cue.lines.map(inert).join('\n')}\n`,
    )
    .join('\n');
}
