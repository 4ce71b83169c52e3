import { assertNever } from '#shared/errors.ts';
import type { FfmpegProtocol } from '#shared/model/source.ts';

/** The protocols that an address needs, and no other. RTSP is read over its own TCP connection, never over UDP or HTTP. */
export const neededProtocols: Record<FfmpegProtocol, string> = {
  rtmp: 'rtmp,tcp',
  rtmps: 'rtmps,tls,tcp',
  rtsp: 'tcp',
  srt: 'srt',
};

/** The demuxers that carry what these protocols give. */
export const neededFormats: Record<FfmpegProtocol, string> = {
  rtmp: 'flv,live_flv',
  rtmps: 'flv,live_flv',
  rtsp: 'rtsp',
  srt: 'mpegts',
};

/** How long ffmpeg waits for a silent peer, in microseconds; our own watchdog is sooner, this one ends a child that lost its parent. */
const patienceUs = String(30_000_000);

/**
 * ffmpeg's input arguments for an address whose name was judged to be `address`. The address is written into the URL, so that ffmpeg
 * resolves nothing; RTMP's server still hears its own name (tcUrl). RTMPS keeps its name, which its certificate is for: there ffmpeg
 * resolves once more.
 */
export function protocolInput(
  scheme: FfmpegProtocol,
  url: URL,
  address: { address: string; family: number },
): string[] {
  const literal = address.family === 6 ? `[${address.address}]` : address.address;
  switch (scheme) {
    case 'rtmp':
      return ['-rw_timeout', patienceUs, '-rtmp_tcurl', tcUrl(url), '-i', withHost(url, literal)];
    case 'rtmps':
      return ['-rw_timeout', patienceUs, '-i', withHost(url, url.hostname)];
    case 'rtsp':
      return ['-rtsp_transport', 'tcp', '-i', withHost(url, literal)];
    case 'srt':
      return ['-i', withHost(url, literal)];
    default:
      return assertNever(scheme);
  }
}

/** The address made anew from its judged parts, so that no two parsers read it differently. */
function withHost(url: URL, host: string): string {
  const { protocol, username, password, port, pathname, search } = url;
  const account = username === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`;
  return `${protocol}//${account}${host}${port === '' ? '' : `:${port}`}${pathname}${search}`;
}

/** The address of the application (RTMP 7.2.1.1), by the rule with which ffmpeg parts it from the stream's name: two steps where there are three. */
function tcUrl(url: URL): string {
  const steps = url.pathname.split('/').filter((step) => step !== '');
  const app = steps.slice(0, steps.length >= 3 && steps[0] !== 'ondemand' ? 2 : 1).join('/');
  return `rtmp://${url.host}/${app}`;
}
