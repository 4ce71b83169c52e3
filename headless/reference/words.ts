/**
 * The words of a text as the word error rate counts them: Unicode NFC, lower case (locale-free), everything that is
 * neither a letter, a mark nor a digit separates words. So `Aujourd'hui, c’est` is four words: aujourd hui c est.
 */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}
