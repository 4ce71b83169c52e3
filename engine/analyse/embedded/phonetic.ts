/**
 * A rough key of how a folded French word sounds, so that what a speech engine wrote by ear (`imigrer`, `étrangé`,
 * `muzulman`) meets the word it stands for. Deliberately coarse: it is only asked about words that no lexicon knows.
 */
export function phoneticKey(word: string): string {
  return word
    .replace(/(.)\1+/g, '$1')
    .replace(/ph/g, 'f')
    .replace(/qu|q|k/g, 'k')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c(?!h)/g, 'k')
    .replace(/g(?=[eiy])e?/g, 'j')
    .replace(/gu(?=[eiy])/g, 'g')
    .replace(/eau|au/g, 'o')
    .replace(/y/g, 'i')
    .replace(/[aei]n|[ae]m(?=[bp])/g, 'n')
    .replace(/ai|ei/g, 'e')
    .replace(/z/g, 's')
    .replace(/h/g, '')
    .replace(/(er|ez|es|et|ee|ees|e)s?$/, 'e')
    .replace(/[stxdp]+$/, '')
    .replace(/(.)\1+/g, '$1');
}
