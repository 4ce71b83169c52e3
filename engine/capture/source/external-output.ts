import type { ResolverTool } from '#shared/model/source.ts';

/** What a resolver answered: an address, that there is no stream (now), or something that may pass. */
export type ResolverAnswer = { found: string } | { found: null; gone: boolean; detail: string };

/**
 * Arguments that make a resolver print one http(s) address of the sound alone, or of the smallest picture: without its configuration,
 * cookies, cache, or anything to write. The page's address comes last and after `--`, so that it is never an option.
 */
export function resolverArguments(tool: ResolverTool, url: string): string[] {
  if (tool === 'yt-dlp') {
    return [
      ...[
        '--ignore-config',
        '--no-cache-dir',
        '--no-playlist',
        '--no-warnings',
        '--no-progress',
        '--socket-timeout',
        '10',
      ],
      ...['--format', 'bestaudio/worst', '--get-url', '--', url],
    ];
  }
  return ['--no-config', '--json', '--', url, 'audio_only,audio,worst,best'];
}

/** What the words of a resolver mean that there is nothing to hear, for now or for good. */
const goneWords =
  /not currently live|is offline|offline\b|has ended|no playable streams|video unavailable|private video|404|410|no video formats|unsupported url|no plugin can handle/i;

/** Reads what yt-dlp (`--get-url`) or streamlink (`--json`) printed. Only an http(s) address is an answer. */
export function readResolver(
  tool: ResolverTool,
  { exit, stdout, stderr }: { exit: number | string; stdout: string; stderr: string },
): ResolverAnswer {
  const said = tool === 'streamlink' ? streamlinkSaid(stdout) : { address: firstLine(stdout), error: null };
  if (exit === 0 && said.address !== null) {
    if (isWebAddress(said.address)) return { found: said.address };
    return { found: null, gone: false, detail: 'answer-without-address' };
  }
  const complaint = said.error ?? lastLine(stderr) ?? `exit ${exit}`;
  return { found: null, gone: goneWords.test(complaint), detail: withoutAddresses(complaint) };
}

function streamlinkSaid(stdout: string): { address: string | null; error: string | null } {
  try {
    const value: unknown = JSON.parse(stdout);
    const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
    const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
    return { address: text('url'), error: text('error') };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { address: null, error: stdout.trim() === '' ? null : 'answer-not-json' };
  }
}

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
const firstLine = (text: string) => linesOf(text)[0] ?? null;
const lastLine = (text: string) => linesOf(text).at(-1) ?? null;

function isWebAddress(text: string): boolean {
  return text.length <= 8192 && /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** Addresses may carry keys, and complaints end in logs. */
const withoutAddresses = (text: string) => text.replace(/\b[a-z]+:\/\/\S+/gi, '…').slice(0, 300);
