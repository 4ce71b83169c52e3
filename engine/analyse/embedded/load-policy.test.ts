import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enReasons } from '#shared/i18n/reasons.en.ts';
import { frReasons } from '#shared/i18n/reasons.fr.ts';
import { loadPolicies } from './load-policy.ts';

const resourcesDir = join(import.meta.dirname, '../../../resources');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-policy-'));
  cpSync(join(resourcesDir, 'policies'), join(folder, 'policies'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function edit(change: (text: string) => string, name = 'embedded.en'): void {
  const path = join(folder, `policies/${name}.yml`);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

test('every rule, and every excuse, has its sentence in both catalogues, and nothing else has', () => {
  const { policies } = loadPolicies(resourcesDir);
  const used = Object.values(policies).flatMap(({ rules }) => [...rules.values()].flat().map(({ id }) => id));
  const wanted = [
    ...new Set([...used, 'negation', 'counter-speech', 'quotation', 'reclaimed', 'hostile-words', 'outweighed']),
  ].sort();
  expect(Object.keys(frReasons).sort()).toEqual(wanted);
  expect(Object.keys(enReasons).sort()).toEqual(wanted);
});

test('the hash follows the words, not the line ends', () => {
  const { hash } = loadPolicies(resourcesDir);
  edit((text) => text.replaceAll('\n', '\r\n'));
  expect(loadPolicies(folder).hash).toBe(hash);
  edit((text) => text.replace('despis', 'dispis'));
  expect(loadPolicies(folder).hash).not.toBe(hash);
});

test.each([
  ['words.fr', (text: string) => text.replace('abruti(s|e|es), ', '')],
  ['tone', (text: string) => text.replace(/bias: .*/, 'bias: 0')],
])('the hash follows %s.yml too', (name, change) => {
  const { hash } = loadPolicies(resourcesDir);
  edit(change, name);
  expect(loadPolicies(folder).hash).not.toBe(hash);
});

test.each([
  ['is missing', () => rmSync(join(folder, 'policies/embedded.en.yml')), /embedded\.en\.yml/],
  ['is not YAML', () => edit(() => ':\n\t- ['), /embedded\.en\.yml/],
  ['has an unknown key', () => edit((text) => `${text}\nrulez: []\n`), /rulez/],
  ['has an unknown effect', () => edit((text) => text.replace('effect: hate', 'effect: hat')), /effect/],
  [
    'names a class that is not there',
    () => edit((text) => text.replace('@who ..3 fuck', '@whoever ..3 fuck')),
    /unknown class whoever/,
  ],
  ['has an ending nobody knows', () => edit((text) => text.replace('kill{v}', 'kill{w}')), /unknown ending \{w\}/],
  ['begins a pattern with a gap', () => edit((text) => text.replace('kill all ..2 @who', '..2 @who')), /must begin/],
  [
    'lacks a class of general words',
    () => edit((text) => text.replace('  profanity:', '  swearing:'), 'words.fr'),
    /words\.fr\.yml[^]*profanity/,
  ],
  [
    'takes in a class that is not there',
    () => edit((text) => text.replace('@hate-verb,', '@hate-verbs,'), 'words.en'),
    /@hate-verbs is unknown/,
  ],
  [
    'has no number for a weight',
    () => edit((text) => text.replace(/bias: .*/, 'bias: much'), 'tone'),
    /tone\.yml[^]*bias/,
  ],
  ['is in the wrong language', () => edit((text) => text.replace('language: en', 'language: fr')), /language/],
])('a policy that %s stops the program and says where', (_, damage, message) => {
  damage();
  expect(() => loadPolicies(folder)).toThrow(message);
});
