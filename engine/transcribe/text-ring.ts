export type TextRing = { push(text: string): void; text(): string };

/** Keeps the last `limit` characters of a stream of text: what a child said before it died, never more. */
export function createTextRing(limit: number): TextRing {
  let kept = '';
  return {
    push: (text) => {
      kept = (kept + text).slice(-limit);
    },
    text: () => kept,
  };
}
