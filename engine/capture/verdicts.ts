import { assertNever, type VigieError } from '#shared/errors.ts';
import type { GapCause } from '#shared/model/live.ts';
import type { SessionEnd } from './session.ts';

const permanentCodes = new Set([
  'address-refused',
  'too-many-redirects',
  'too-large',
  'playlist-invalid',
  'network-off',
  'source-not-found',
  'source-is-directory',
  'source-empty',
  'source-unreadable',
  'source-unsupported',
  'ffmpeg-missing',
  'ffmpeg-lacks',
  'program-unusable',
  'disk-full',
  'data-folder-unusable',
]);

/** Nothing that comes later can help, even a live that worked. */
const fatalCodes = new Set([
  'address-refused',
  'ffmpeg-missing',
  'ffmpeg-lacks',
  'program-unusable',
  'disk-full',
  'data-folder-unusable',
]);

export const isFatal = (error: VigieError): boolean => fatalCodes.has(error.code);

/** Answers of 4xx that a later attempt may change (RFC 9110, RFC 6585, RFC 8470). */
const passingStatuses = new Set([408, 425, 429]);

/** Failures that never left this machine: no route, no interface, no name server (errno(3), getaddrinfo(3)). */
const linkDetails = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'ENOTFOUND']);

const networkData = (error: VigieError) =>
  error.code === 'network-failed' ? (error as VigieError<'network-failed'>).data : undefined;
const statusOf = (error: VigieError): number | undefined => networkData(error)?.status;

/** The machine itself has no way out, whatever the server does. */
export const isLinkDown = (error: VigieError): boolean => linkDetails.has(networkData(error)?.detail ?? '');

/** How long the server asks to be left alone; null when it does not say. */
export const retryAfterOf = (error: VigieError): number | null => networkData(error)?.retryAfterMs ?? null;

/** Trying again cannot help, as long as the source never worked. */
export function isPermanent(error: VigieError): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status >= 400 && status < 500 && !passingStatuses.has(status);
  return permanentCodes.has(error.code);
}

/** So many answers in a row that a source which worked is not there: one alone may be a server that lags behind another. */
const goneAnswers = 3;

/** Tells the end of a live from an outage by what its server says, attempt after attempt. */
export function createGoneCount(): { isGone(error: VigieError): boolean; reset(): void } {
  let count = 0;
  return {
    isGone(error) {
      const status = statusOf(error);
      count = status === 404 || status === 410 ? count + 1 : 0;
      return status === 410 || count >= goneAnswers;
    },
    reset() {
      count = 0;
    },
  };
}

/** What the time until the next sound is declared as. */
export function gapCauseOf(end: SessionEnd): GapCause {
  switch (end.how) {
    case 'stalled':
      return end.by === 'decoder' ? 'decoder' : 'stall';
    case 'decoder':
      return 'decoder';
    case 'disk':
      return 'disk';
    case 'failed':
      // A server that answers is reached: it is the source that is not there.
      return statusOf(end.error) === undefined && end.error.code !== 'device-failed' ? 'network' : 'source';
    case 'ended':
      return 'source';
    default:
      return assertNever(end);
  }
}
