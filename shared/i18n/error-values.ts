import { type ErrorData, isVigieError, megabytesOf, type VigieError } from '../errors.ts';
import { frFailures } from './failures.fr.ts';
import type { Translate } from './index.ts';

/** What the sentence `error.<code>` is filled with: the data of a failure, its codes in words, its amounts in units that people use. */
export function errorValues(error: VigieError, t: Translate): Record<string, unknown> {
  const data: Record<string, unknown> = { ...error.data, ...megabytesOf(error) };
  if (typeof data['limitMs'] === 'number') data['limitSeconds'] = Math.ceil(data['limitMs'] / 1000);
  if (typeof data['limitBytes'] === 'number') data['limitKb'] = Math.ceil(data['limitBytes'] / 1000);
  if (typeof data['detail'] === 'string') data['detail'] = detailWords(data['detail'], t);
  if (data['source'] === '-') data['source'] = t('standardInput');
  const { known } = data;
  if (Array.isArray(known)) data['known'] = known.length === 0 ? '' : t('knownModels', { known: known.join(', ') });
  return { ...data, ...worded(error, t) };
}

function worded(error: VigieError, t: Translate): Record<string, string> {
  const word = (group: Exclude<keyof typeof frFailures, 'standardInput' | 'knownModels'>, code: string) =>
    Object.hasOwn(frFailures[group], code) ? t(`${group}.${code}`) : code;
  if (isVigieError(error, 'already-decided')) return { verdict: t(`verdict.${error.data.verdict}`) };
  if (isVigieError(error, 'cannot-undo')) return { reason: word('undoReason', error.data.reason) };
  if (isVigieError(error, 'not-found')) return { what: word('thing', error.data.what) };
  if (isVigieError(error, 'folder-unusable'))
    return { problem: t(`folderProblem.${error.data.problem}`, { other: error.data.other }) };
  if (isVigieError(error, 'cases-unusable')) {
    const { problem: code, line, detail } = error.data;
    const problem = t(`casesProblem.${code}`, { detail });
    return { problem: line === null ? problem : t('casesProblem.atLine', { line, problem }) };
  }
  if (isVigieError(error, 'rules-unusable'))
    return { problems: error.data.problems.map((one) => problemWords(one, t)).join(t('ruleProblem.separator')) };
  if (isVigieError(error, 'program-unusable')) return { problem: t(`programProblem.${error.data.problem}`) };
  if (isVigieError(error, 'model-in-use')) return { reason: t(`modelInUse.${error.data.reason}`) };
  if (isVigieError(error, 'engine-stopped')) return { reason: word('stopReason', error.data.reason) };
  if (isVigieError(error, 'address-refused')) return { reason: word('addressReason', error.data.reason) };
  if (isVigieError(error, 'speech-remote-failed')) return { reason: word('remoteFailure', error.data.reason) };
  if (isVigieError(error, 'speech-failed')) return { reason: word('speechFailure', error.data.reason) };
  if (isVigieError(error, 'timed-out') || isVigieError(error, 'too-large'))
    return { what: word('awaited', (error.data as { what: string }).what) };
  if (isVigieError(error, 'data-folder-owned')) {
    const known = Object.hasOwn(frFailures.owner, error.data.ownerKind);
    return { ownerKind: t(`owner.${known ? error.data.ownerKind : 'unknown'}`) };
  }
  return {};
}

type Problem = ErrorData<'rules-unusable'>['problems'][number];

/** What is wrong with a rule, and where: a line of its file, or which of its conditions. */
function problemWords({ where, line, problem: code, detail }: Problem, t: Translate): string {
  const problem = t(`ruleProblem.${code}`, { detail });
  if (line !== null) return t('ruleProblem.atLine', { line, where, problem });
  const [, block, condition] = /^when\[(\d+)\]\[(\d+)\]$/.exec(where) ?? [];
  if (condition === undefined) return problem;
  return t('ruleProblem.atCondition', { block: Number(block) + 1, condition: Number(condition) + 1, problem });
}

/** A cause in words: ours by its code; the system's with its own after it, for whoever looks it up; anything else as it is. */
function detailWords(detail: string, t: Translate): string {
  if (Object.hasOwn(frFailures.detail, detail)) return t(`detail.${detail}`);
  const code = /^[A-Z][A-Z_0-9]{2,}\b/.exec(detail)?.[0];
  return code !== undefined && Object.hasOwn(frFailures.systemError, code)
    ? t('systemErrorAndCode', { words: t(`systemError.${code}`), detail })
    : detail;
}
