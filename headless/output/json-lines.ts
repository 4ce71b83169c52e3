import type { OutputEvent } from './events.ts';

/** Fields printed with exactly two decimals (0.60, not 0.6): JSON numbers all the same. */
const twoDecimals = new Set(['score', 'maxScore']);

// TypeScript's library does not declare it yet: ECMAScript "JSON.parse source text access", in V8 since 11.4.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** Legal in a JSON string but not on a terminal; written as escapes, which any parser turns back. */
const unprintable = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** One event as one line of JSON, without the line feed. */
export function jsonLine(event: OutputEvent): string {
  const json = JSON.stringify(event, (name, value: unknown) =>
    typeof value === 'number' && twoDecimals.has(name) ? rawJSON(value.toFixed(2)) : value,
  );
  return json.replace(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
