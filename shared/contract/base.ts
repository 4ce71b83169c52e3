import { oc } from '@orpc/contract';
import { errorCodes, errorData, type ErrorCode } from '../errors.ts';

/** What every call declares beside its input, output and errors. */
export type CallMeta = {
  /** `none` is for calls that any connected shell may make before a profile is known. */
  permission: 'none' | 'read' | 'decide' | 'operate' | 'administer';
  /** Reads what was said or who said it: each such call leaves a fact in the journal. */
  personalData: boolean;
};

type ErrorMap = { [C in ErrorCode]: { data: (typeof errorData)[C] } };

/** Any call may end with any code of the closed list, and with nothing else. */
const everyError = Object.fromEntries(
  errorCodes.map((code) => [code, { data: errorData[code] }]),
) as unknown as ErrorMap;

const builder = oc.$meta<CallMeta>({ permission: 'read', personalData: false }).errors(everyError);

/** Starts the declaration of one call. */
export function call(meta: CallMeta) {
  return builder.meta(meta);
}
