/** Lines Whisper writes over silence and music because its training data, film and video subtitles, is full of them. Pure. */
import { annotationWords, farewellPhrases, signatureMarks } from './credit-phrases.ts';

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

const marks = signatureMarks.map(plainText);
/** A signature is a line of its own; a longer piece that begins like one is somebody talking about it. */
const mostSignatureWords = 10;

/** Whole lines that only a subtitler writes, whatever name follows. */
const signatures = [
  /^sous titr(es?|age|ages) (realises?|fait|faits) par( \S+){1,6}$/,
  /^sous titr(es?|age|ages) par (la )?(communaute|societe|equipe)( \S+){0,4}$/,
  /^(sous titr|subtit|untertitel|legend|sottotitol|ondertitel|napis|субтитр|altyaz)\S*( \S+){0,6} (amara org|opensubtitles|soustitreur com)( \S+)?$/,
  /^(traduction et sous titrage|traduit et sous titre) par( \S+){1,4}$/,
];

/** Lines that subtitlers write and that somebody may well say ("traduction par Marie"): the sound must speak against them too. */
const sayable = [
  /^sous titr(age|ages)$/,
  /^ondertiteling( \S+){0,3}$/,
  /^traduction par( \S+){1,3}$/,
  /^(translated|translation) by( \S+){1,4}$/,
  /^(subtitles|subtitled|captions|captioned|transcribed|transcription|subs) (by|provided by) (?!the way)\S+( \S+){0,4}$/,
];

/** Farewells of video makers. People who are live do say these, so more than the text must speak against them. */
const farewells = [
  /^merci (a tous )?(beaucoup )?(d avoir|pour avoir|de) (regarde|suivi|ecoute|visionne)r?( (cette|la|ma|mes|ce|le|mon) \w+)?( jusqu (au bout|a la fin))?$/,
  /^(n oubliez pas de )?(vous )?abonne[rz]( vous)?( a (la|ma) chaine)?( et \w+( \w+)*)?$/,
  /^(a bientot|a la prochaine)( pour (de nouvelles aventures|une (nouvelle|prochaine) video))?$/,
  /^(thanks|thank you)( so much| very much)? for (watching|listening|viewing)( (this|my|the) video)?$/,
  /^(please )?(don t forget to )?(like and )?subscribe( to (my|the|our) channel)?( and .*)?$/,
  /^(i ll )?see you (in )?(the )?next (time|video|one)$/,
  /^(merci|merci beaucoup|merci a tous|thank you|thank you very much|thanks|you|bye|bye bye|au revoir)$/,
];
const farewellLines = new Set(farewellPhrases.map(plainText));

/** At a whole word, except in the scripts that put no space between words. */
function beginsWith(plain: string, mark: string): boolean {
  return /[\p{sc=Han}\p{sc=Hira}]/u.test(mark) ? plain.startsWith(mark) : `${plain} `.startsWith(`${mark} `);
}

/** `signature`: nobody says that; the others people do say, a `credit` seldom, a `farewell` often. */
export function creditOf(text: string): 'signature' | 'credit' | 'farewell' | null {
  const plain = plainText(text);
  const short = plain.split(' ').length <= mostSignatureWords;
  if (short && marks.some((mark) => beginsWith(plain, mark))) return 'signature';
  if (signatures.some((pattern) => pattern.test(plain))) return 'signature';
  if (sayable.some((pattern) => pattern.test(plain))) return 'credit';
  return farewellLines.has(plain) || farewells.some((pattern) => pattern.test(plain)) ? 'farewell' : null;
}

const describing = new Set(annotationWords.map(plainText));

/** Nothing but notes, punctuation or a described sound between brackets: no word was said. */
export function isBlank(text: string): boolean {
  const outside = text.replace(/[[(*♪【（「][^\])*♪】）」]*[\])*♪】）」]/gu, (noted) =>
    isAnnotation(noted) ? ' ' : noted,
  );
  return plainText(outside) === '';
}

function isAnnotation(noted: string): boolean {
  return plainText(noted)
    .split(' ')
    .every((word) => word === '' || describing.has(word));
}
