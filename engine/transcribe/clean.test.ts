import { expect, test } from 'vitest';

import { cleanTranscript } from './clean.ts';
import { type Figures, transcriptOf as transcript } from './fixtures/transcript-case.ts';

const silent: Figures = { voiceMs: 0, logProb: -0.9, noSpeechBp: 7000 };
const prebuiltSilent: Figures = { voiceMs: 0, logProb: null, noSpeechBp: null };
const prebuiltVoice: Figures = { logProb: null, noSpeechBp: null };

test.each<[string, string, Figures, string | null]>([
  ['speech', 'bonjour à tous et bienvenue dans ce live.', {}, null],
  ['speech, prebuilt worker', 'il faut chasser les étrangers du pays.', prebuiltVoice, null],
  ['unsure but voiced: shouting', 'il faut les chasser!', { logProb: -1.4 }, null],
  ['short word the voice detection missed', 'dehors!', { voiceMs: 0, logProb: -0.1, noSpeechBp: 50 }, null],
  ['words over silence', 'je ne sais pas si je suis prêt.', silent, 'silence'],
  ['words over silence, prebuilt worker', 'je ne sais pas si je suis prêt.', prebuiltSilent, 'silence'],
  [
    'both figures say silence, little voice',
    'and the first thing is',
    { voiceMs: 300, logProb: -1.2, noSpeechBp: 8000 },
    'silence',
  ],
  [
    'both figures say silence, but there is a voice',
    'and the first thing is',
    { logProb: -1.2, noSpeechBp: 8000 },
    null,
  ],
  ['signature', "Sous-titres réalisés par la communauté d'Amara.org", {}, 'credits'],
  ['signature', 'Sous-titrage Société Radio-Canada', {}, 'credits'],
  ['signature', "Sous-titrage ST' 501", {}, 'credits'],
  ['signature', 'Subtitles by the Amara.org community', silent, 'credits'],
  ['credit over music that is sung', 'Translated by Releska', { voiceMs: 4200, logProb: -0.18 }, 'credits'],
  ['credit, prebuilt worker', 'Translated by Releska', prebuiltVoice, 'credits'],
  ['credit that was said', 'traduction par Marie', { voiceMs: 1300 }, null],
  ['credit that was said', 'sous-titrage', { voiceMs: 800 }, null],
  ['talk about subtitles', 'les sous-titres ne marchent pas chez moi', {}, null],
  ['farewell over silence', "Merci d'avoir regardé cette vidéo !", silent, 'credits'],
  ['farewell over silence', 'Thanks for watching!', prebuiltSilent, 'credits'],
  ['farewell that was said', "Merci d'avoir regardé !", { voiceMs: 1800 }, null],
  ['farewell that was said', 'thank you so much for watching', { voiceMs: 1800 }, null],
  ['thanks over silence', 'Merci.', silent, 'credits'],
  ['thanks that were said', 'merci.', { voiceMs: 600 }, null],
  ['subscribe over music', 'Abonnez-vous à la chaîne et partagez', { voiceMs: 100 }, 'credits'],
  ['sound in brackets', '[Musique]', {}, 'blank'],
  ['sound in brackets', '(applaudissements) ♪♪', {}, 'blank'],
  ['sound in brackets', '[BLANK_AUDIO]', {}, 'blank'],
  ['sound in brackets', '*rires*', {}, 'blank'],
  ['words in brackets', '(les étrangers dehors)', {}, null],
  ['sound and words', '[Musique] les migrants sont des voleurs', {}, null],
  ['dots', '...', {}, 'blank'],
  ['notes', '♪ ♪ ♪', {}, 'blank'],
])('%s: %s', (_name, text, figures, reason) => {
  const { kept, filtered } = cleanTranscript(transcript([text], figures), 15_000);
  expect(filtered.map((piece) => piece.reason)).toEqual(reason ? [reason] : []);
  expect(kept.map((piece) => piece.text)).toEqual(reason ? [] : [text]);
});

const repeated = (text: string, times: number) => Array.from({ length: times }, () => text);

test('a chant is kept: five times, or often with the voice for it', () => {
  for (const [texts, figures] of [
    [repeated('on est chez nous!', 5), { voiceMs: 400 }],
    [repeated('on est chez nous!', 9), { voiceMs: 13_000 }],
    [[repeated('dehors !', 5).join(' ')], { voiceMs: 3000 }],
    [repeated('lock them up!', 8), { ...prebuiltVoice, voiceMs: 11_000 }],
  ] as const) {
    expect(cleanTranscript(transcript([...texts], figures), 15_000)).toMatchObject({
      kept: texts.map((text) => ({ text })),
      filtered: [],
    });
  }
});

test('a loop over several pieces keeps what came before, its first turn and what came after', () => {
  const texts = ['bonjour à tous.', ...repeated('il faut voter dimanche.', 20), 'au match.'];
  const { kept, filtered } = cleanTranscript(transcript(texts, { voiceMs: 4000 }), 15_000);
  expect(kept.map((piece) => piece.text)).toEqual(['bonjour à tous.', 'il faut voter dimanche.', 'au match.']);
  expect(filtered).toHaveLength(19);
  expect(new Set(filtered.map((piece) => piece.reason))).toEqual(new Set(['repetition-loop']));
});

test('a loop inside one piece is cut after its first turn, words and all', () => {
  const text = `bonjour ${repeated('les voleurs !', 60).join(' ')}`;
  const { kept, filtered } = cleanTranscript(transcript([text], { voiceMs: 5000 }), 15_000);
  expect(kept).toMatchObject([{ text: 'bonjour les voleurs !' }]);
  expect(kept[0]?.words.map((word) => word.text)).toEqual(['bonjour', 'les', 'voleurs', '!']);
  expect(filtered).toMatchObject([{ text: repeated('les voleurs !', 59).join(' '), reason: 'repetition-loop' }]);
});

test('a loop without voice detection is told from the length of the sound, or from poor figures', () => {
  const texts = repeated('thank you very much for that.', 30);
  expect(cleanTranscript(transcript(texts, { ...prebuiltVoice, voiceMs: null }), 15_000).kept).toHaveLength(1);
  const slow = repeated('va y mon gars.', 9);
  expect(cleanTranscript(transcript(slow, { voiceMs: 14_000, logProb: -0.95 }), 15_000).kept).toHaveLength(1);
});

test.each([
  'Le sous-titrage français est nul',
  'Sous-titrage français en panne',
  'Napisy były za szybkie',
  'Untertitel der Sendung sind falsch',
])('somebody who talks about subtitles is heard: %s', (text) => {
  expect(cleanTranscript(transcript([text], {}), 15_000).filtered).toEqual([]);
});
