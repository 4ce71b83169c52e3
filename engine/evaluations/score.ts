import type { FunctionalityFigure } from '#shared/model/evaluation.ts';

export type Answer = { functionality: string; hateful: boolean; said: boolean };

export type Figures = {
  accuracyBp: number | null;
  macroF1Bp: number | null;
  recallBp: number | null;
  specificityBp: number | null;
  functionalities: FunctionalityFigure[];
};

/**
 * The figures of answers against labels, basis points; null where nothing could be counted. Macro-F1 is the mean of the F1 of both
 * labels (van Rijsbergen 1979), F1 of a label that is neither there nor said being none.
 */
export function scoreAnswers(answers: readonly Answer[]): Figures {
  const count = (hateful: boolean, said: boolean) =>
    answers.filter((one) => one.hateful === hateful && one.said === said).length;
  const [hits, misses, alarms, quiets] = [
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  ];
  const f1s = [share(2 * hits, 2 * hits + alarms + misses), share(2 * quiets, 2 * quiets + misses + alarms)];
  const known = f1s.filter((f1) => f1 !== null);
  return {
    accuracyBp: bpOf(share(hits + quiets, answers.length)),
    macroF1Bp: bpOf(known.length === 0 ? null : known.reduce((sum, f1) => sum + f1, 0) / known.length),
    recallBp: bpOf(share(hits, hits + misses)),
    specificityBp: bpOf(share(quiets, quiets + alarms)),
    functionalities: byFunctionality(answers),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const bpOf = (part: number | null): number | null => (part === null ? null : Math.round(part * 10_000));

/** Weakest first: that is what a reader looks for. */
function byFunctionality(answers: readonly Answer[]): FunctionalityFigure[] {
  const figures = new Map<string, FunctionalityFigure>();
  for (const { functionality: name, hateful, said } of answers) {
    if (name === '') continue;
    const figure = figures.get(name) ?? { name, cases: 0, right: 0 };
    figures.set(name, { name, cases: figure.cases + 1, right: figure.right + (hateful === said ? 1 : 0) });
  }
  return [...figures.values()].sort((a, b) => a.right / a.cases - b.right / b.cases || a.name.localeCompare(b.name));
}
