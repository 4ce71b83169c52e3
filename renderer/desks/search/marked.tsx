import type { TextMark } from '#shared/model/search.ts';
import css from './search.module.css';

/** A text with what was looked for marked. */
export function Marked({ text, marks, lang }: { text: string; marks: readonly TextMark[]; lang: string | null }) {
  const pieces = marks.flatMap(({ start, end }, index) => [
    text.slice(marks[index - 1]?.end ?? 0, start),
    // Marks stand apart from each other, so that a start is unique.
    <mark key={start} className={css.mark}>
      {text.slice(start, end)}
    </mark>,
  ]);
  return (
    <span dir="auto" lang={lang ?? undefined}>
      {pieces}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </span>
  );
}
