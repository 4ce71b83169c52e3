import { parseSource, type SourceChoices, type SourceProblem as TypedProblem } from '#shared/model/source.ts';

export type SourceProblem = TypedProblem | 'stdin' | 'relative';

/** What is wrong with what a person typed, before the engine is asked; null when it may be tried. */
export function sourceProblem(typed: string, choices: Omit<SourceChoices, 'allowPrivate'> = {}): SourceProblem | null {
  const parsed = parseSource(typed, { ...choices, allowPrivate: false });
  if ('problem' in parsed) return parsed.problem;
  // Standard input belongs to a command line.
  if (parsed.source.kind === 'stdin') return 'stdin';
  // A window has no folder of its own that a relative path could start from.
  if (parsed.source.kind === 'file' && !isAbsolute(parsed.source.path)) return 'relative';
  return null;
}

/** Whether this is an address that ffmpeg would have to open itself. */
export const needsProtocol = (typed: string): boolean => sourceProblem(typed) === 'protocol';

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path) || path.startsWith('\\\\');
}

/** A hint only, for names that are plainly of this machine or its network; the engine decides by the real address. */
export function looksPrivate(typed: string): boolean {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : null;
  if (!url) return false;
  const { hostname } = url;
  if (hostname === 'localhost' || hostname.endsWith('.local')) return true;
  if (/^\[(::1|f[cd]|fe80)/.test(hostname)) return true;
  return /^\d+(\.\d+){3}$/.test(hostname) && /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(hostname);
}
