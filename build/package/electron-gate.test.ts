import { expect, it } from 'vitest';
import { electronProblems } from './electron-gate.ts';

it.each([
  ['45.4.1', []],
  ['43.0.0', []],
  ['42.9.0', ['electron 42.9.0 is out of support']],
  ['41.3.9', ['electron 41.3.9 is out of support', 'electron 41.3.9 has CVE-2026-70604']],
  ['^45.4.1', ['electron must be pinned to a release: ^45.4.1']],
])('%s', (version, problems) => expect(electronProblems(version)).toEqual(problems));

it('knows every advisory for an old line', () => {
  expect(electronProblems('38.0.0').filter((problem) => problem.includes('CVE'))).toHaveLength(3);
});
