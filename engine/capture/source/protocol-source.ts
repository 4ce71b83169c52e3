import { isVigieError, VigieError } from '#shared/errors.ts';
import { protocolOf } from '#shared/model/source.ts';
import { judgedAddress } from '../../net/guard.ts';
import type { Feed, OpenableSource } from './feed.ts';
import { inputArguments, openFfmpegInput } from './ffmpeg-input.ts';
import { nothingMore } from './live-memory.ts';
import type { OutsideHands } from './outside.ts';
import { neededFormats, neededProtocols, protocolInput } from './protocol-address.ts';

/** What is sent over these protocols. */
const codecs =
  'aac,aac_latm,ac3,eac3,mp3,mp3float,mp2,mp2float,opus,libopus,speex,libspeex,nellymoser,pcm_alaw,pcm_mulaw,pcm_s16be,pcm_s16le,g722';

/** Vain openings after a server closed in good order that make it an end. */
const lastAttempts = 3;

/**
 * An address that ffmpeg opens itself, because a person allowed it for this source. It is live; a server that closes in good order may
 * come back, as with an http stream. Opening rejects with `network-off`, `address-refused`, `network-failed`, `ffmpeg-lacks`.
 */
export function openableProtocol(address: string, allowPrivate: boolean, hands: OutsideHands): OpenableSource {
  const url = new URL(address);
  const { host, hostname } = url;
  const label = `${url.protocol}//${host}${url.pathname}`;
  let endedCleanly = false;
  let attempts = 0;

  const open = async (signal: AbortSignal): Promise<Feed> => {
    const scheme = protocolOf(address);
    if (scheme === null) throw new VigieError('source-unsupported', { source: label, detail: url.protocol });
    if (!hands.networkAllowed()) throw new VigieError('network-off', { host });
    const judged = await judgedAddress(hostname.replace(/^\[|\]$/g, ''), { allowPrivate, resolve: hands.resolve });
    const bytes = await openFfmpegInput({
      spawn: hands.spawn,
      ffmpeg: hands.inputFfmpeg(),
      args: inputArguments(neededProtocols[scheme], neededFormats[scheme], codecs, protocolInput(scheme, url, judged)),
      signal,
      explain(complaint, { heard, exit }) {
        endedCleanly ||= heard && exit === 0;
        const detail = complaint || (exit === 0 ? 'stream-ended' : `ffmpeg: ${exit}`);
        return new VigieError('network-failed', { host, detail });
      },
    });
    endedCleanly = false;
    attempts = 0;
    const items = (async function* () {
      for await (const piece of bytes) {
        if (!hands.networkAllowed()) throw new VigieError('network-off', { host });
        yield piece;
      }
    })();
    return { kind: 'live', durationMs: null, targetDurationMs: null, items };
  };

  return {
    label,
    reopens: true,
    async open(signal) {
      try {
        return await open(signal);
      } catch (error) {
        if (isVigieError(error, 'network-failed') && endedCleanly && (attempts += 1) >= lastAttempts)
          return nothingMore();
        throw error;
      }
    },
  };
}
