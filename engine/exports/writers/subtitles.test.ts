import { describe, expect, test } from 'vitest';
import { fixtureDocument } from '../fixtures/document.ts';
import { cuesOf } from './cues.ts';
import { write as writeSrt } from './srt.ts';
import { write as writeVtt } from './vtt.ts';

type Read = { startMs: number; endMs: number; text: string };

const ms = (time: string) => {
  const [hours, minutes, seconds, millis] = time.split(/[:.,]/).map(Number) as [number, number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
};

/** Reads blocks as a player does: cut at blank lines, times on the line with the arrow. */
function read(file: string): Read[] {
  return file.split(/\n{2,}/).flatMap((block) => {
    const lines = block.trim().split('\n');
    if (lines[0]?.startsWith('NOTE') || lines[0] === 'WEBVTT') return [];
    const at = lines.findIndex((line) => /^\d{2,}:\d\d:\d\d[.,]\d{3} --> \d{2,}:\d\d:\d\d[.,]\d{3}$/.test(line));
    if (at < 0) throw new Error(`not a cue: ${block}`);
    const [start, end] = lines[at]!.split(' --> ') as [string, string];
    return [{ startMs: ms(start), endMs: ms(end), text: lines.slice(at + 1).join('\n') }];
  });
}

const hostileTexts = [
  'avant --> après <b>gras</b> & {\\an8}ailleurs <script>x</script>',
  '00:00:01.000 --> 00:00:02.000',
  'une ligne\n\nNOTE une autre\r\n\r\n1\n00:00:00,000 --> 99:00:00,000\nfaux',
  'inversé \u202egnorw\u202c et \u0007 \ud800 fin',
];

test.each([
  ['srt', writeSrt],
  ['vtt', writeVtt],
] as const)('%s: every written word, in order, on the live timeline', (_, write) => {
  const document = fixtureDocument({ segments: 40 });
  const cues = read(write(document));
  const squeeze = (text: string) => text.replace(/[\s\u2060]+/g, '');
  const expected = document.segments.filter((segment) => segment.state === 'written').map((segment) => segment.text);
  expect(squeeze(cues.map((cue) => cue.text).join(''))).toBe(squeeze(expected.join('')));
  for (const [index, cue] of cues.entries()) {
    expect(cue.endMs).toBeGreaterThan(cue.startMs);
    expect(cue.endMs).toBeLessThanOrEqual(cues[index + 1]?.startMs ?? Infinity);
  }
});

test('long segments become cues of two lines of 42 characters and 7 s, and short ones stay whole', () => {
  const text =
    'Il faut couper les pommes avant la cuisson, ajoutez du sucre dans la tarte, puis laissez cuire vingt minutes ; vous avez vu le match samedi ? Merci Léa. Oui.';
  const cues = cuesOf(fixtureDocument({ segments: 1, texts: [text] }).segments);
  expect(cues.length).toBeGreaterThan(1);
  for (const cue of cues) {
    expect(cue.lines.length).toBeLessThanOrEqual(2);
    for (const line of cue.lines) expect(line.length).toBeLessThanOrEqual(42);
    expect(cue.endMs - cue.startMs).toBeLessThanOrEqual(7000);
  }
  expect(cuesOf(fixtureDocument({ segments: 1, texts: ['Bonjour à tous.'], words: false }).segments)).toEqual([
    { startMs: 0, endMs: 7600, lines: ['Bonjour à tous.'] },
  ]);
});

test('text edited away from its words stays one cue with its own text', () => {
  const document = fixtureDocument({ segments: 1, texts: ['Bonjour à tous et bienvenue.'] });
  document.segments[0]!.text = 'Tout autre chose.';
  expect(cuesOf(document.segments).map((cue) => cue.lines)).toEqual([['Tout autre chose.']]);
});

describe('hostile text', () => {
  const document = fixtureDocument({
    segments: 4,
    texts: hostileTexts,
    gaps: false,
    words: false,
    title: 'titre --> \n\nNOTE <b>',
  });

  test('makes no cue of its own and no markup in VTT', () => {
    const vtt = writeVtt(document);
    const cues = read(vtt);
    expect(cues).toHaveLength(4);
    for (const cue of cues) expect(cue.text).not.toMatch(/[<>]/);
    expect(vtt.match(/-->/g)).toHaveLength(4);
    expect(cues[0]!.text.replaceAll('\n', ' ')).toBe(
      'avant --&gt; après &lt;b&gt;gras&lt;/b&gt; &amp; {\\an8}ailleurs &lt;script&gt;x&lt;/script&gt;',
    );
  });

  test('makes no cue of its own and no command in SRT', () => {
    const srt = writeSrt(document);
    expect(read(srt)).toHaveLength(4);
    expect(srt.match(/-->/g)).toHaveLength(4);
    expect(srt).not.toMatch(/<\w|<\/|\{\\/);
  });

  test('loses its controls, overrides and lone surrogates', () => {
    // oxlint-disable-next-line no-control-regex
    expect(writeSrt(document)).not.toMatch(/[\u0000-\u0009\u202a-\u202e\ud800-\udfff]/);
  });
});

test('VTT tells of gaps where they are', () => {
  const vtt = writeVtt(fixtureDocument({ segments: 8 }));
  expect(vtt).toContain('NOTE interruption de 00:00:40.000 à 00:00:48.000\u202f: réseau\n');
});

test('nothing written makes valid empty files', () => {
  const document = fixtureDocument({ segments: 0 });
  expect(writeSrt(document)).toBe('');
  expect(writeVtt(document)).toMatch(/^WEBVTT\n\nNOTE [^\n]+\n$/);
});
