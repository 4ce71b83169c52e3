/** Lines Whisper writes over silence and music because its training data, film and video subtitles, is full of them. Pure. */

/** Lower case, no accents, no punctuation, one space. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Signatures of subtitlers: nobody says these in a live. */
const signatures = [
  /\bamara org\b/,
  /^sous titr(es?|age|ages) (realises?|fait|faits|par|st|societe|radio|mfp|vostfr|[a-z] )/,
  /^sous titr(age|ages)( \w+)?$/,
  /\bsoustitreur com\b/,
  /^(subtitles|subtitled|captions|captioned|transcribed|transcription|subs) (by|provided by)\b/,
  /\bopensubtitles\b/,
  /^traduction (et sous titrage|par)\b/,
  /^translated by\b/,
];

/** Farewells of video makers. People who are live do say these, so more than the text must speak against them. */
const farewells = [
  /^merci (a tous )?(beaucoup )?(d avoir|pour avoir|de) (regarde|suivi|ecoute|visionne)r?( (cette|la|ma|mes|ce|le|mon) \w+)?( jusqu (au bout|a la fin))?$/,
  /^(n oubliez pas de )?(vous )?abonne[rz]( vous)?( a (la|ma) chaine)?( et \w+( \w+)*)?$/,
  /^(a bientot|a la prochaine)( pour (de nouvelles aventures|une (nouvelle|prochaine) video))?$/,
  /^(thanks|thank you)( so much| very much)? for (watching|listening|viewing)( (this|my|the) video)?$/,
  /^(please )?(don t forget to )?(like and )?subscribe( to (my|the|our) channel)?( and .*)?$/,
  /^see you (in the )?next (time|video|one)$/,
  /^(merci|thank you|you|bye|bye bye|au revoir)$/,
];

export function creditOf(text: string): 'signature' | 'farewell' | null {
  const plain = plainText(text);
  if (signatures.some((pattern) => pattern.test(plain))) return 'signature';
  return farewells.some((pattern) => pattern.test(plain)) ? 'farewell' : null;
}

const annotationWords =
  /^(generique|musique|rires?|applaudissements?|silence|bruits?|soupirs?|chants?|cris?|sifflements?|toux|inaudible|music|laughs?|laughter|laughing|applause|noise|sighs?|sighing|coughs?|coughing|cheering|cheers|blank audio|background noise|no speech|singing|groans?|clears throat|upbeat|playing|douce|de fond|fond|et|and|the|in|background)$/;

/** Nothing but notes, punctuation or a described sound between brackets: no word was said. */
export function isBlank(text: string): boolean {
  const outside = text.replace(/[[(*♪][^\])*♪]*[\])*♪]/gu, (noted) => (isAnnotation(noted) ? ' ' : noted));
  return plainText(outside) === '';
}

function isAnnotation(noted: string): boolean {
  const plain = plainText(noted);
  if (plain === '' || annotationWords.test(plain)) return true;
  return plain.split(' ').every((word) => annotationWords.test(word) || /^(de|du|la|le|des|audio)$/.test(word));
}
