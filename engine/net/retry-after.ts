/**
 * How long an answer asks to be left alone, ms (Retry-After, RFC 9110 10.2.3: seconds, or a date). A date is measured against the
 * answer's own, so that a wrong clock on either side does not matter. Undefined when it does not say.
 */
export function retryAfterMs(headers: Record<string, string>): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const waitMs = Date.parse(value) - Date.parse(headers.date ?? '');
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
}
