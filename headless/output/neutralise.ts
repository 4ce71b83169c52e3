/**
 * Characters that make a terminal or a reader do or see something else than the text says: C0 and C1 controls and DEL
 * (ECMA-48: escape sequences start there), line separators, bidirectional overrides and isolates (Unicode TR 36), and
 * surrogates without a partner.
 */
const dangerous = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Untrusted text made safe for one terminal line: white controls become a space, the rest the replacement character. */
export function neutralise(text: string): string {
  return text.replace(dangerous, (found) => (/[\t\n\v\f\r\u0085\u2028\u2029]/.test(found) ? ' ' : '\ufffd'));
}

/** Each string of a set of values made safe; lists are joined. For values that go into a sentence. */
export function neutraliseValues(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (Array.isArray(value)) return [name, neutralise(value.length === 0 ? '—' : value.map(String).join(', '))];
      return [name, typeof value === 'string' ? neutralise(value) : value];
    }),
  );
}
