import { categories, targets, viralities, type Judgement, type Reason, type Verdict } from '#shared/model/verdict.ts';
import { bandOf, riskScore } from '#shared/policy/risk.ts';

/** The seed score of a judgement: an addition in basis points, and the band it falls in. */
export function verdictOf(judgement: Judgement): Pick<Verdict, 'scoreBp' | 'band' | 'terms'> {
  const { scoreBp, terms } = riskScore(judgement);
  return { scoreBp, band: bandOf(scoreBp), terms };
}

const limits = { reasons: 20, rule: 80, quote: 500, targetText: 100 } as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | null {
  return allowed.find((one) => one === value) ?? null;
}

function fenceReason(raw: unknown, text: string): Reason | null {
  if (!isObject(raw) || typeof raw.quote !== 'string' || raw.quote === '' || raw.quote.length > limits.quote)
    return null;
  const rule = typeof raw.rule === 'string' ? raw.rule.slice(0, limits.rule) : '';
  if (!/^[a-z][a-z0-9_-]*$/i.test(rule)) return null;
  // Where the model says the quote stands is only a wish; where it is found is what counts.
  const claimed = raw.at;
  const holds =
    typeof claimed === 'number' && Number.isInteger(claimed) && claimed >= 0 && text.startsWith(raw.quote, claimed);
  const at = holds ? claimed : text.indexOf(raw.quote);
  return at < 0 ? null : { rule, quote: raw.quote, at };
}

/**
 * Takes what a model answered about `text` for the untrusted words that it is (design, law 10), and returns a judgement that is
 * always whole and within its limits:
 * - an answer that is not an object, or whose category is not one of ours, is `a_verifier`, never `neutre`;
 * - so is one whose virality or hate is missing or unknown (virality then counts as `faible`, hate as what the category says), and
 *   one whose hate and category contradict each other (hate is kept: a model may raise, never silence);
 * - quotes and target words that are not verbatim in the text are dropped, as are reasons past the twentieth.
 */
export function fenceJudgement(raw: unknown, text: string): Judgement {
  const answer = isObject(raw) ? raw : {};
  const category = oneOf(categories, answer.category);
  const virality = oneOf(viralities, answer.virality);
  const hate = typeof answer.hate === 'boolean' ? answer.hate : category === 'haineux';
  const known = category !== null && virality !== null && typeof answer.hate === 'boolean';
  const agrees = hate === (category === 'haineux');
  const reasons = Array.isArray(answer.reasons) ? answer.reasons.slice(0, 10 * limits.reasons) : [];
  const confidence = answer.confidenceBp;
  const targetText = answer.targetText;
  return {
    category: known && agrees ? category : 'a_verifier',
    virality: virality ?? 'faible',
    hate,
    target: oneOf(targets, answer.target),
    targetText:
      typeof targetText === 'string' &&
      targetText !== '' &&
      targetText.length <= limits.targetText &&
      text.includes(targetText)
        ? targetText
        : null,
    reasons: reasons
      .map((one) => fenceReason(one, text))
      .filter((one) => one !== null)
      .slice(0, limits.reasons),
    confidenceBp:
      typeof confidence === 'number' && Number.isInteger(confidence) && confidence >= 0 && confidence <= 10_000
        ? confidence
        : null,
  };
}
