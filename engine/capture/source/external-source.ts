import { isVigieError, VigieError } from '#shared/errors.ts';
import type { ResolverTool } from '#shared/model/source.ts';
import { checkExecutable } from '../../process/executable.ts';
import { runProgram } from '../../process/run-program.ts';
import { readResolver, resolverArguments } from './external-output.ts';
import type { Feed, OpenableSource } from './feed.ts';
import { nothingMore } from './live-memory.ts';
import type { OutsideHands } from './outside.ts';
import { addressLabel, type UrlHands, urlSource } from './url-source.ts';

/** A resolver asks several pages in turn; it may be slow, not endless. */
const resolveMs = 60_000;
const mostAnswerBytes = 256 * 1024;
/** Answers in a row that there is no stream, after there was one. */
const lastAttempts = 2;

/**
 * A page whose stream a program of the user's own finds, anew at each opening. What it answers is heard by our own fetcher, under the same
 * guard as any address. Opening rejects with `program-unusable`, `network-off`, `timed-out`, `too-large`, `resolver-failed`, and with
 * whatever hearing the address does.
 */
export function openableExternal(
  source: { tool: ResolverTool; url: string; allowPrivate: boolean },
  hands: OutsideHands & UrlHands,
): OpenableSource {
  const { tool, url, allowPrivate } = source;
  const { host } = new URL(url);
  let worked = false;
  let vain = 0;
  /** The same address again goes on with what it remembers of the live. */
  let last: { address: string; source: OpenableSource } | null = null;

  const resolve = async (signal: AbortSignal): Promise<string> => {
    if (!hands.networkAllowed()) throw new VigieError('network-off', { host });
    const binary = hands.resolverPath(tool);
    await checkExecutable(tool, binary);
    const answer = await runProgram({
      spawn: hands.spawn,
      clock: hands.clock,
      name: tool,
      binary,
      args: resolverArguments(tool, url),
      // Plugins are code from elsewhere: this program alone was allowed.
      options: { env: { YTDLP_NO_PLUGINS: '1', PYTHONUTF8: '1' } },
      limitMs: resolveMs,
      maxBytes: mostAnswerBytes,
      missing: (cause) =>
        new VigieError('program-unusable', { program: tool, path: binary, problem: 'not-executable' }, { cause }),
      signal,
    });
    const read = readResolver(tool, answer);
    if (read.found !== null) return read.found;
    vain = read.gone ? vain + 1 : 0;
    throw new VigieError('resolver-failed', { tool, detail: read.detail });
  };

  return {
    label: addressLabel(url),
    reopens: true,
    async open(signal, heardMs): Promise<Feed> {
      let address: string;
      try {
        address = await resolve(signal);
      } catch (error) {
        if (isVigieError(error, 'resolver-failed') && worked && vain >= lastAttempts) return nothingMore();
        throw error;
      }
      vain = 0;
      if (last?.address !== address) last = { address, source: urlSource(address, allowPrivate, hands) };
      const feed = await last.source.open(signal, heardMs);
      worked = true;
      return feed;
    },
  };
}
