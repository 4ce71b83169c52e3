import { describe, expect, it } from 'vitest';
import { createSay } from '../i18n/index.ts';
import type { AlertEvent, OutputEvent, SegmentEvent } from './events.ts';
import { type LineTools, linesFor } from './lines.ts';
import { colourStyle, plainStyle } from './style.ts';

const fr: LineTools = { say: createSay('fr'), style: plainStyle, locale: 'fr' };
const en: LineTools = { say: createSay('en'), style: plainStyle, locale: 'en' };

const segment: SegmentEvent = {
  type: 'segment',
  liveId: 'l',
  number: 1,
  startMs: 70_980,
  endMs: 72_930,
  state: 'written',
  text: 'il faut chasser les étrangers du pays.',
  language: 'fr',
  score: 0.6,
  band: 'moyen',
  category: 'haineux',
  virality: 'faible',
  hate: true,
  alertId: 'a',
  filtered: [],
  failure: null,
  edited: null,
  writtenBy: null,
};

const alert: AlertEvent = {
  type: 'alert',
  alertId: 'a',
  liveId: 'l',
  itemId: 'i',
  number: 1,
  startMs: 70_980,
  endMs: 72_930,
  title: 'Direct',
  account: null,
  score: 0.6,
  band: 'moyen',
  lane: 'urgent',
  reasons: ['hate'],
  rules: [],
  status: 'pending',
  at: 0,
  text: segment.text,
  justification: 'Appel à chasser un groupe.',
  quotes: ['chasser les étrangers'],
};

const plain = (event: OutputEvent, tools = fr) => linesFor(event, tools).join('\n').replaceAll('\u202f', ' ');

describe('what a person reads', () => {
  it('gives each segment its time, shape, score, band word and category, without colour', () => {
    expect(plain(segment)).toBe('01:10.9  ◆ 0.60 moyen   il faut chasser les étrangers du pays. [discours haineux]');
    expect(plain({ ...segment, score: 0.2, band: 'faible', category: 'neutre' }, en)).toBe(
      '01:10.9  ○ 0.20 low     il faut chasser les étrangers du pays.',
    );
  });

  it.each([
    ['capturing', null, '00:42.1  · écoute'],
    ['stalled', 'stall', '00:42.1  ! flux immobile depuis 00:42.1'],
    ['stalled', 'decoder', '00:42.1  ! flux immobile depuis 00:42.1 : décodeur'],
    ['reconnecting', 'network', '00:42.1  ! reconnexion depuis 00:42.1 : réseau'],
    ['disk-full', 'disk', '00:42.1  ! suspendu : disque plein depuis 00:42.1'],
    ['starting', null, ''],
  ] as const)('says what the capture does: %s (%s)', (state, cause, line) =>
    expect(plain({ type: 'capture', liveId: 'l', state, cause, sinceMs: 42_100, at: 0 })).toBe(line),
  );

  it('only adds colour on top of the same words', () => {
    const coloured = linesFor(segment, { ...fr, style: colourStyle }).join('\n');
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '').replaceAll('\u202f', ' ')).toBe(plain(segment));
    expect(coloured).not.toBe(plain(segment));
  });

  it.each([
    ['silent', {}, '(silence)'],
    ['failed', { failure: 'crashed' }, '(échec de transcription : crashed)'],
    [
      'filtered',
      { filtered: [{ text: 'merci merci', reason: 'repetition-loop' }] },
      '(texte écarté, boucle de répétition : « merci merci »)',
    ],
  ] as const)('says of a %s segment that there is no text', (state, more, text) => {
    const line = plain({
      ...segment,
      ...more,
      state,
      text: '',
      score: null,
      band: null,
      filtered: 'filtered' in more ? [...more.filtered] : [],
    });
    expect(line).toMatch(/^01:10\.9 {2}/);
    expect(line.trimEnd().endsWith(text)).toBe(true);
  });

  it('makes an alert stand out with lane, reason, quoted words and why', () => {
    expect(plain(alert)).toMatch(
      /‼ ALERTE urgent · discours haineux {2}« chasser les étrangers »\n +Appel à chasser un groupe\.$/,
    );
    expect(plain(alert, en)).toMatch(/‼ ALERT urgent · hate speech {2}"chasser les étrangers"/);
  });

  it('lists an alert with its text, its state and the id to decide it by', () => {
    const listed = plain({ ...alert, justification: null, quotes: null });
    expect(listed).toContain('en attente');
    expect(listed).toContain(segment.text);
    expect(listed.split('\n').at(-1)).toBe('  a');
  });

  it('lets nothing that was said, named or quoted act on the terminal', () => {
    const evil = 'x\u001b[2J\r\u009b1A\u202ey';
    const events: OutputEvent[] = [
      { ...segment, text: evil },
      { ...segment, state: 'filtered', filtered: [{ text: evil, reason: 'credits' }] },
      { ...segment, state: 'failed', failure: evil },
      { ...alert, quotes: [evil], justification: evil },
      { ...alert, quotes: null, title: evil, text: evil },
      { type: 'export', exportId: 'e', liveId: 'l', format: 'pdf', path: evil, sizeBytes: 1, sha256: null },
      {
        type: 'model',
        id: evil,
        sizeBytes: 1,
        needBytes: 1,
        fit: 'fits',
        publishedDigest: null,
        recommended: false,
        installed: { path: evil, origin: 'folder', multilingual: true, digest: '', test: false },
        current: false,
        realTimeFactor: 0.2,
        arrival: null,
      },
      { type: 'check', name: 'disk', outcome: 'ok', message: evil, detail: {}, fix: null, fixMessage: null, tookMs: 1 },
    ];
    // oxlint-disable-next-line no-control-regex
    for (const event of events) expect(linesFor(event, fr).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it('tells missing sound and new verdicts', () => {
    expect(plain({ type: 'gap', gapId: 'g', liveId: 'l', startMs: 1000, endMs: 2500, cause: 'network' }, en)).toBe(
      '00:01.0  ⋯ sound missing from 00:01.0 to 00:02.5: network',
    );
  });
});
