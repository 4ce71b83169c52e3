import { RE2JS, RE2JSException } from 're2js';
import type { RuleProblem } from '#shared/model/rule-problem.ts';
import { fold } from '../analyse/embedded/fold.ts';
import type { Span } from './terms.ts';

/** Steps of a compiled expression; RE2's time is at most this times the length of the text. */
const mostSteps = 1000;
const mostMatches = 20;

export type Expression = (text: string) => Span[];

/**
 * Compiles an expression for RE2, whose time grows with the text and never explodes: no look-around, no back references. Its letters
 * lose their accents, as the text does that it is tried on; their case does not matter.
 */
export function compileExpression(pattern: string): Expression | { problem: RuleProblem; detail: string } {
  // Only letters beyond ASCII: `\S` and `\s` are two things.
  const plain = pattern.replace(/[^\p{ASCII}]/gu, (letter) => fold(letter).text);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(plain, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const detail = error.message.replace(/^error parsing regexp: /, '').replace('`(?i)', '`');
    return { problem: 'regex', detail: detail.slice(0, 200) };
  }
  if (compiled.programSize() > mostSteps) return { problem: 'regex-large', detail: '' };
  return (text) => {
    const found: Span[] = [];
    const matcher = compiled.matcher(text);
    // What matches nothing at all (`x*`) says nothing of a text.
    while (found.length < mostMatches && matcher.find())
      if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() });
    return found;
  };
}
