import { expect, test } from 'vitest';
import { isTyping, matchStroke } from './match.ts';
import { keyTable, type KeyBinding } from './table.ts';

const stroke = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('no two bindings of one screen share a key', () => {
  const table: readonly KeyBinding[] = keyTable;
  for (const scope of ['lives', 'live', 'review'] as const) {
    const keys = table.filter((one) => one.scope === scope || one.scope === 'everywhere').flatMap((one) => one.keys);
    expect(new Set(keys).size, scope).toBe(keys.length);
  }
});

test('letters decide by what they write, with or without Caps Lock', () => {
  expect(matchStroke(stroke('i'), ['review'], null).id).toBe('dismiss');
  expect(matchStroke(stroke('I'), ['review'], null).id).toBe('dismiss');
  expect(matchStroke(stroke('?'), ['everywhere'], null).id).toBe('help');
});

test('keys of another screen, and keys held with Control, do nothing', () => {
  expect(matchStroke(stroke('i'), ['live'], null).id).toBeNull();
  expect(matchStroke(stroke('z', { ctrlKey: true }), ['review'], null).id).toBeNull();
  expect(matchStroke(stroke('e', { altKey: true }), ['review'], null).id).toBeNull();
});

test('two keys in a row', () => {
  const scopes = ['everywhere', 'review'] as const;
  const first = matchStroke(stroke('g'), scopes, null);
  expect(first).toEqual({ id: null, pending: 'g' });
  expect(matchStroke(stroke('r'), scopes, first.pending).id).toBe('goReview');
  expect(matchStroke(stroke('i'), scopes, first.pending).id, 'a lost first half does not swallow the next key').toBe(
    'dismiss',
  );
});

test('typing never decides', () => {
  const area = document.createElement('textarea');
  const button = document.createElement('button');
  const row = document.createElement('li');
  expect(isTyping(area, 'i')).toBe(true);
  expect(isTyping(button, 'i')).toBe(false);
  expect(isTyping(button, 'Enter')).toBe(true);
  expect(isTyping(row, 'Enter')).toBe(false);
});
