import { keyTable, type KeyBinding, type KeyId, type KeyScope } from './table.ts';

/** The part of a KeyboardEvent that decides. */
export type Stroke = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** `pending`: the first half of a two-key binding, waiting for the second. */
export type Match = { id: KeyId | null; pending: string | null };

/**
 * What a stroke means in the given scopes. Control, Meta and Alt belong to the browser and the system; a letter counts the
 * same with Caps Lock. A second half that fits nothing is read as a stroke of its own.
 */
export function matchStroke(stroke: Stroke, scopes: readonly KeyScope[], pending: string | null): Match {
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey) return { id: null, pending: null };
  const key = stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
  const table: readonly KeyBinding[] = keyTable;
  const bound = table.filter((binding) => scopes.includes(binding.scope));
  const find = (typed: string) => bound.find((binding) => binding.keys.includes(typed))?.id as KeyId | undefined;
  const whole = pending === null ? find(key) : (find(`${pending} ${key}`) ?? find(key));
  if (whole !== undefined) return { id: whole, pending: null };
  const begins = bound.some((binding) => binding.keys.some((typed) => typed.startsWith(`${key} `)));
  return { id: null, pending: begins ? key : null };
}

/** True where a key writes or works a control, and so must not decide anything. */
export function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('input, textarea, select, [role="combobox"], [role="menu"]'))
    return true;
  // Enter and Space on a button or a link press it.
  return (key === 'Enter' || key === ' ') && target.closest('button, a') !== null;
}
