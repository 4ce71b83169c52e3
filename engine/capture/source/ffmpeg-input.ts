import { createInterface } from 'node:readline';
import { VigieError } from '#shared/errors.ts';
import type { Spawn } from '../../process/spawn.ts';

const reportLines = 40;
const reportColumns = 400;

/**
 * What every ffmpeg says that opens something else than its stdin: sound only, as 16 kHz mono in an AU stream, whose length may stay
 * unknown for ever (a WAV header ends after 37 hours). `input` comes from a typed builder; nothing follows it that a name could reach.
 */
export function inputArguments(protocols: string, formats: string, codecs: string, input: readonly string[]): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info'],
    ...['-protocol_whitelist', protocols, '-format_whitelist', formats, '-codec_whitelist', codecs],
    // As for the decoder: pictures stay shut, and ffmpeg would look for their size for as long as it may.
    ...[
      '-analyzeduration',
      '1000000',
      '-max_streams',
      '64',
      ...input,
      '-vn',
      '-sn',
      '-dn',
      '-map',
      '0:a:0',
      '-map_metadata',
      '-1',
    ],
    ...['-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16be', '-f', 'au', '-flush_packets', '1', 'pipe:1'],
  ];
}

/**
 * Starts ffmpeg on an input of its own and waits for its first bytes. The bytes end by rejecting with what `explain` makes of ffmpeg's
 * exit, because an input that plays never ends by itself; aborting the signal kills it.
 * @throws VigieError `ffmpeg-missing`, `ffmpeg-lacks`, or what `explain` says
 */
export async function openFfmpegInput(asked: {
  spawn: Spawn;
  ffmpeg: string;
  args: readonly string[];
  env?: Record<string, string>;
  signal: AbortSignal;
  /** `heard`: bytes had come before it ended. */
  explain(complaint: string, how: { heard: boolean; exit: number | string }): VigieError;
}): Promise<AsyncGenerator<Uint8Array, void, undefined>> {
  const { ffmpeg, signal } = asked;
  signal.throwIfAborted();
  const child = asked.spawn(ffmpeg, asked.args, { env: asked.env });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new TypeError('an input needs three pipes');
  stdin.on('error', () => undefined);
  stdin.end();
  const report: string[] = [];
  createInterface({ input: stderr }).on('line', (line) => {
    report.push(line.slice(0, reportColumns));
    if (report.length > reportLines) report.shift();
  });
  const exited = new Promise<number | string>((resolve, reject) => {
    child.once('error', (cause) => reject(new VigieError('ffmpeg-missing', { path: ffmpeg }, { cause })));
    child.once('close', (code, killedBy) => resolve(code ?? killedBy ?? 'gone'));
  });
  exited.catch(() => undefined);

  const stop = () => {
    child.kill('SIGKILL');
    stdout.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  const finish = () => {
    signal.removeEventListener('abort', stop);
    stop();
  };

  const pieces = (stdout as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const next = async () => {
    try {
      return await pieces.next();
    } catch (cause) {
      // A pipe that breaks under us was broken by `stop`, or by ffmpeg's end; its exit says which.
      if (!signal.aborted) await exited;
      return { done: true, value: undefined, cause } as const;
    }
  };
  const ended = async (heard: boolean): Promise<Error> => {
    if (signal.aborted) return signal.reason as Error;
    const exit = await exited;
    const missing = lackOf(report);
    if (missing !== null) return new VigieError('ffmpeg-lacks', { what: missing, path: ffmpeg });
    return asked.explain(complaintIn(report), { heard, exit });
  };

  try {
    const first = await next();
    if (first.done) throw await ended(false);
    return (async function* () {
      try {
        yield first.value;
        for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
        throw await ended(true);
      } finally {
        finish();
      }
    })();
  } catch (error) {
    finish();
    throw error;
  }
}

/** The input device or protocol that this ffmpeg was built without; null when it complains of something else. */
export function lackOf(report: readonly string[]): string | null {
  for (const line of report) {
    const device = /Unknown input format: '([a-z0-9]+)'/.exec(line)?.[1];
    if (device) return device;
    const protocol = /\b([a-z]+):\/\/\S*: Protocol not found/.exec(line)?.[1];
    if (protocol) return protocol;
  }
  return null;
}

/** ffmpeg's last complaint without addresses: neither those of memory nor those of the network, where keys may stand. */
export function complaintIn(report: readonly string[]): string {
  const errors = report.filter((line) => /\[(error|fatal|panic)\]/.test(line) && !/not on whitelist '/.test(line));
  const plain = errors.map((line) =>
    line
      .replace(/^(\[[^\]]*\] )*\[(error|fatal|panic)\]\s*/, '')
      .replace(/\b[a-z]+:\/\/\S+?(?=:? |$)/gi, '')
      .replace(/^[:\s]+/, '')
      .trim(),
  );
  return [...new Set(plain.filter((line) => line !== '' && !line.startsWith('Did you mean')))]
    .slice(-2)
    .join('; ')
    .slice(0, 300);
}
