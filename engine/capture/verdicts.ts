import type { VigieError } from '#shared/errors.ts';
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

const statusOf = (error: VigieError): number | undefined =>
  error.code === 'network-failed' ? (error as VigieError<'network-failed'>).data.status : undefined;

/** Trying again cannot help, as long as the source never worked. */
export function isPermanent(error: VigieError): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status >= 400 && status < 500 && !passingStatuses.has(status);
  return permanentCodes.has(error.code);
}

/** A source that worked and now says it is no longer there. */
export function isSourceGone(error: VigieError): boolean {
  const status = statusOf(error);
  return status === 404 || status === 410;
}

/** What the time until the next connection is declared as. */
export function gapCauseOf(end: SessionEnd): GapCause {
  if (end.how === 'stalled') return 'stall';
  if (end.how === 'decoder') return 'decoder';
  if (end.how === 'failed') return end.error.code === 'device-failed' ? 'source' : 'network';
  return 'source';
}
