/** What TypeScript rooms may use of `speech-worker.mjs`; the comments there say the rest. */
export type Built = { path: string; built: boolean; reason: null; detail: string; logPath: string | null };
export type NotBuilt = {
  path: null;
  built: false;
  reason: 'no-source' | 'no-cmake' | 'no-compiler' | 'build-failed';
  detail: string;
  logPath: string | null;
};
export type BuildOptions = {
  root: string;
  force?: boolean;
  variant?: 'machine' | 'package';
  cuda?: boolean;
  onProgress?: (step: { done: number; total: number; label: string }) => void;
};
export function findSpeechWorker(root: string, options?: Pick<BuildOptions, 'variant' | 'cuda'>): string | null;
export function buildSpeechWorker(options: BuildOptions): Promise<Built | NotBuilt>;
export function readProgress(line: string): { done: number; total: number; label: string } | null;
export function cudaPossible(): Promise<boolean>;
