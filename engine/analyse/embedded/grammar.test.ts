import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Judgement } from '#shared/model/verdict.ts';
import { openEmbeddedAnalyser } from './index.ts';

const resourcesDir = join(import.meta.dirname, '../../../resources');
const analyser = openEmbeddedAnalyser({ resourcesDir });

type Grammar = { languages: Record<string, { templates: Record<string, string[]>; slots: Record<string, string[]> }> };
const grammar: Grammar = JSON.parse(readFileSync(join(resourcesDir, 'models/ggml-vigie-micro.grammar.json'), 'utf8'));

const asExpected: Record<string, (judged: Judgement) => boolean> = {
  neutral: ({ category, virality }) => category === 'neutre' && virality === 'faible',
  counter: ({ category, virality }) => category === 'neutre' && virality === 'faible',
  polemical: ({ category, virality }) => category === 'polemique' && virality === 'faible',
  viral: ({ category, virality }) => category === 'viral' && virality !== 'faible',
  hostile: ({ category, hate }) => category === 'haineux' && hate,
};

/** Up to `most` sentences of a template, spread evenly over all the ways of filling its slots. */
function sentences(template: string, slots: Record<string, string[]>, most: number): string[] {
  const pieces = template.split(/\{(\w+)\}/).map((piece, i) => (i % 2 === 1 ? (slots[piece] ?? []) : [piece]));
  const total = pieces.reduce((product, { length }) => product * length, 1);
  const wanted = Math.min(most, total);
  return Array.from({ length: wanted }, (_, i) => {
    let index = Math.floor((i * total) / wanted);
    return pieces
      .map((options) => {
        const chosen = options[index % options.length] ?? '';
        index = Math.floor(index / options.length);
        return chosen;
      })
      .join('');
  });
}

test.each(['fr', 'en'])('everything the fixture model can say in %s is judged as its category', (language) => {
  const { templates, slots } = grammar.languages[language] ?? { templates: {}, slots: {} };
  const all = Object.entries(templates).flatMap(([category, list]) =>
    list.flatMap((template) => sentences(template, slots, 60).map((text) => ({ category, text }))),
  );
  expect(all.length).toBeGreaterThan(500);
  const wrong = all.filter(({ category, text }) => !asExpected[category]?.(analyser.judge(text, { language })));
  expect(wrong).toEqual([]);
});
