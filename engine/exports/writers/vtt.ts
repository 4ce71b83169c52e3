import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { dropUnsafe } from './clean-text.ts';
import { cuesOf } from './cues.ts';
import { subtitleTime } from './times.ts';
import { createWords } from './words.ts';

/** Cue text escapes (W3C WebVTT, section 4.2.2): with `>` escaped, no text can hold `-->`. */
const escaped = (line: string) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** A comment ends at a blank line and must not hold `-->`. */
const comment = (text: string) => `NOTE ${dropUnsafe(text).replaceAll('-->', '—>')}\n`;

/** The written segments as WebVTT; declared gaps are comments at their place. Times are on the live's timeline. */
export function write(document: TranscriptDocument): string {
  const { t } = createWords(document);
  const cues = cuesOf(document.segments).map((cue) => ({
    startMs: cue.startMs,
    block: `${subtitleTime(cue.startMs, '.')} --> ${subtitleTime(cue.endMs, '.')}\n${cue.lines.map(escaped).join('\n')}\n`,
  }));
  const gaps = document.gaps.map((gap) => ({
    startMs: gap.startMs,
    block: comment(
      t('gaps.note', {
        start: subtitleTime(gap.startMs, '.'),
        end: subtitleTime(gap.endMs, '.'),
        cause: t(`gapCause.${gap.cause}`),
      }),
    ),
  }));
  const blocks = [...gaps, ...cues].toSorted((a, b) => a.startMs - b.startMs).map(({ block }) => block);
  return ['WEBVTT\n', comment(t('document.titleOf', { title: document.live.title })), ...blocks].join('\n');
}
