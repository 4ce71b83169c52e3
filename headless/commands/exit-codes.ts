import { assertNever, type ErrorCode } from '#shared/errors.ts';

/** What the program's exit status means; documented in docs/command-line.md and in `--help`. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  source: 3,
  speech: 4,
  data: 5,
  owned: 6,
  refused: 7,
  network: 8,
  output: 9,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(code: ErrorCode): ExitCode {
  switch (code) {
    case 'bad-input':
      return exitCodes.usage;
    case 'source-not-found':
    case 'source-is-directory':
    case 'source-empty':
    case 'source-unreadable':
    case 'source-unsupported':
    case 'folder-unusable':
    case 'cases-unusable':
    case 'rules-unusable':
    case 'protocol-not-allowed':
    case 'device-failed':
    case 'playlist-invalid':
    case 'not-live':
    case 'too-large':
      return exitCodes.source;
    case 'ffmpeg-missing':
    case 'ffmpeg-lacks':
    case 'program-unusable':
    case 'model-missing':
    case 'model-invalid':
    case 'model-unexpected':
    case 'model-too-large':
    case 'speech-unavailable':
    case 'speech-failed':
      return exitCodes.speech;
    case 'data-folder-unusable':
    case 'database-newer':
    case 'database-damaged':
    case 'disk-full':
    case 'disk-short':
      return exitCodes.data;
    case 'data-folder-owned':
      return exitCodes.owned;
    case 'not-found':
    case 'case-closed':
    case 'sound-dropped':
    case 'capacity-reached':
    case 'already-decided':
    case 'note-changed':
    case 'rule-changed':
    case 'rule-not-replayed':
    case 'name-taken':
    case 'bank-in-use':
    case 'text-changed':
    case 'not-written-yet':
    case 'cannot-undo':
    case 'not-allowed':
    case 'model-in-use':
      return exitCodes.refused;
    case 'address-refused':
    case 'network-off':
    case 'network-failed':
    case 'platform-blocked':
    case 'resolver-failed':
    case 'too-many-redirects':
    case 'timed-out':
    case 'speech-remote-failed':
      return exitCodes.network;
    case 'export-failed':
      return exitCodes.output;
    case 'cancelled':
      return exitCodes.interrupted;
    case 'engine-stopped':
    case 'internal':
      return exitCodes.unexpected;
    default:
      return assertNever(code);
  }
}
