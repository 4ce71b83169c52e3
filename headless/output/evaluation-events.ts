import type { Evaluation, EvaluationMiss } from '#shared/model/evaluation.ts';
import type { LineTools } from './lines.ts';
import { momentText, numberText, percentText } from './figures.ts';
import { neutralise } from './neutralise.ts';

/** Shares are 0 to 1, null when there is no such figure; times are milliseconds of one case; `cost` is in US dollars. */
export type EvaluationEvent = {
  type: 'evaluation';
  evaluationId: string;
  accuracy: number | null;
  macroF1: number | null;
  recall: number | null;
  specificity: number | null;
  p50Ms: number;
  p95Ms: number;
  cost: number;
} & Pick<
  Evaluation,
  | 'at'
  | 'name'
  | 'casesDigest'
  | 'language'
  | 'engine'
  | 'model'
  | 'policyVersion'
  | 'policyHash'
  | 'promptHash'
  | 'cases'
  | 'unjudged'
  | 'functionalities'
>;

export type EvaluationMissEvent = { type: 'evaluation-miss' } & EvaluationMiss;

const shareOf = (bp: number | null): number | null => (bp === null ? null : bp / 10_000);

export function evaluationEvent(evaluation: Evaluation): EvaluationEvent {
  const { id, accuracyBp, macroF1Bp, recallBp, specificityBp, p50Us, p95Us, costMicros, ...same } = evaluation;
  return {
    type: 'evaluation',
    evaluationId: id,
    ...same,
    accuracy: shareOf(accuracyBp),
    macroF1: shareOf(macroF1Bp),
    recall: shareOf(recallBp),
    specificity: shareOf(specificityBp),
    p50Ms: p50Us / 1000,
    p95Ms: p95Us / 1000,
    cost: costMicros / 1e6,
  };
}

export function evaluationLines(event: EvaluationEvent, { say, style, locale }: LineTools): string[] {
  const percent = (share: number | null) => (share === null ? '–' : percentText(share, locale));
  const figures = {
    accuracy: percent(event.accuracy),
    macroF1: event.macroF1 === null ? '–' : numberText(event.macroF1, locale, 3),
    recall: percent(event.recall),
    specificity: percent(event.specificity),
  };
  const widest = Math.max(...event.functionalities.map(({ name }) => neutralise(name).length), 0);
  return [
    style.strong(neutralise(event.name)) + style.dim(` · ${momentText(event.at, locale)}`),
    say('evaluate.what', {
      count: event.cases,
      cases: numberText(event.cases, locale),
      language: say(`evaluationLanguage.${event.language}`),
      engine: say(`evaluationEngine.${event.engine}`),
      model: event.model,
      policy: event.policyVersion,
      hash: event.policyHash.slice(0, 12),
    }),
    style.strong(say('evaluate.figures', figures)),
    say('evaluate.cost', {
      unjudged: numberText(event.unjudged, locale),
      p50: numberText(event.p50Ms, locale, 2),
      p95: numberText(event.p95Ms, locale, 2),
      cost: new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }).format(event.cost),
    }),
    ...event.functionalities.map(({ name, right, cases }) => {
      const share = percent(right / cases).padStart(8);
      return `  ${neutralise(name).padEnd(widest)}  ${`${right} / ${cases}`.padStart(11)} ${share}`;
    }),
  ];
}

export function missLines(event: EvaluationMissEvent, { say, style }: LineTools): string[] {
  const what = say(event.hateful ? 'evaluate.missed' : 'evaluate.alarm');
  const where = [event.functionality, event.caseId].filter((part) => part !== '').map(neutralise);
  return [`${style.warn(what)} ${style.dim(where.join(' · '))} ${neutralise(event.text)}`];
}
