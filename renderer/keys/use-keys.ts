import { useEffect, useRef } from 'react';
import { isTyping, matchStroke } from './match.ts';
import type { KeyId, KeyScope } from './table.ts';

export type KeyHandlers = Partial<Record<KeyId, () => void>>;

type Layer = { scope: KeyScope; handlers: { current: KeyHandlers } };

const layers: Layer[] = [];
let pending: string | null = null;

function inDialog(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (isTyping(event.target, event.key)) {
    // The way out of every field, back to the keys.
    if (event.key === 'Escape' && !inDialog()) (event.target as HTMLElement).blur();
    return;
  }
  // A dialog has the keyboard to itself.
  if (inDialog()) return;
  if (event.key === 'Shift') return;
  const match = matchStroke(
    event,
    layers.map((layer) => layer.scope),
    pending,
  );
  pending = match.pending;
  if (match.id === null) return;
  const handler = layers
    .toReversed()
    .map((layer) => layer.handlers.current[match.id!])
    .find((found) => found !== undefined);
  if (handler === undefined) return;
  event.preventDefault();
  handler();
}

/** Binds the keys of one scope of the table for as long as the component is on screen. */
export function useKeys(scope: KeyScope, handlers: KeyHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const layer = { scope, handlers: latest };
    if (layers.length === 0) document.addEventListener('keydown', onKeyDown);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [scope]);
}

/** The scopes whose keys work on the present screen, for the help. */
export function activeScopes(): KeyScope[] {
  return [...new Set(layers.map((layer) => layer.scope))];
}
