import { setImmediate } from 'node:timers/promises';
import { VigieError } from '#shared/errors.ts';
import type { Judgement } from '#shared/model/verdict.ts';
import type { EvaluationMiss } from '#shared/model/evaluation.ts';
import type { Clock } from '../base/clock.ts';
import type { LabelledCase } from './read-cases.ts';
import { type Figures, scoreAnswers } from './score.ts';

/** Cases between two breaths of everything else that the engine does: some 20 ms of rules. */
const atATime = 20;

export type Evaluated = Figures & { unjudged: number; p50Us: number; p95Us: number; misses: EvaluationMiss[] };

/** Weighs every case alone, without neighbours. @throws VigieError `cancelled` once `signal` is aborted */
export async function evaluateCases(
  cases: readonly LabelledCase[],
  judge: (text: string) => Judgement | Promise<Judgement>,
  { clock, signal }: { clock: Clock; signal: AbortSignal | undefined },
): Promise<Evaluated> {
  const answers: (LabelledCase & { said: boolean; judged: boolean; tookUs: number })[] = [];
  for (const [index, one] of cases.entries()) {
    if (index % atATime === 0) await setImmediate();
    if (signal?.aborted) throw new VigieError('cancelled', {});
    const since = clock.monotonicMs();
    const { hate, category } = await judge(one.text);
    const tookUs = Math.round((clock.monotonicMs() - since) * 1000);
    answers.push({ ...one, said: hate, judged: category !== 'a_verifier', tookUs });
  }
  const took = answers.map(({ tookUs }) => tookUs).sort((a, b) => a - b);
  const at = (part: number) => took[Math.max(0, Math.ceil(part * took.length) - 1)] ?? 0;
  return {
    ...scoreAnswers(answers),
    unjudged: answers.filter(({ judged }) => !judged).length,
    p50Us: at(0.5),
    p95Us: at(0.95),
    misses: answers
      .filter(({ hateful, said }) => hateful !== said)
      .map(({ line, caseId, functionality, template, text, hateful, judged }) => ({
        line,
        caseId,
        functionality,
        template,
        text,
        hateful,
        judged,
      })),
  };
}
