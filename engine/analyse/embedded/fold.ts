/** A text without case, accents and invisible characters, and the way back to the original. */
export type Folded = {
  text: string;
  /** For each UTF-16 unit of `text`: where the character it came from starts in the original. */
  starts: number[];
  /** For each UTF-16 unit of `text`: where that character ends in the original. */
  ends: number[];
};

const special: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '`': "'",
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '„': '"',
};

const cache = new Map<string, string>();

function foldCharacter(character: string): string {
  const known = cache.get(character);
  if (known !== undefined) return known;
  const lower = character.toLowerCase();
  const folded = special[lower] ?? lower.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
  const result = special[folded] ?? folded;
  // Bounded by what Unicode holds; transcripts use a few hundred distinct characters.
  cache.set(character, result);
  return result;
}

/**
 * Folds case, accents, compatibility forms (full width, ligatures, mathematical letters), typographic quotes, and drops
 * what cannot be seen (zero-width, bidirectional and tag characters: Unicode category Cf), keeping for each unit its place
 * in the original so that what is quoted later is verbatim.
 */
export function fold(original: string): Folded {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const folded = foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(at);
      ends.push(end);
    }
    // A combining mark belongs to the character before it, so that a quote keeps its accent.
    if (folded.length === 0 && ends.length > 0) ends[ends.length - 1] = end;
    text += folded;
    at = end;
  }
  return { text, starts, ends };
}
