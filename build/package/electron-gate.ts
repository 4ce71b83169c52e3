import { readFileSync } from 'node:fs';

type Advisory = { id: string; about: string; fixedIn: string[] };

const { list } = JSON.parse(readFileSync(new URL('./advisories.json', import.meta.url), 'utf8')) as {
  list: Advisory[];
};

/** The newest major when this file was last looked at (November 2026). Electron supports the newest three. */
export const newestMajor = 45;

const numbers = (version: string) => version.split('.').map(Number) as [number, number, number];

/** Why this Electron (a version pinned exactly) must not be shipped; empty when it may. */
export function electronProblems(version: string): string[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return [`electron must be pinned to a release: ${version}`];
  const [major] = numbers(version);
  const problems = major < newestMajor - 2 ? [`electron ${version} is out of support`] : [];
  for (const { id, fixedIn } of list) {
    const fix = fixedIn.find((fixed) => numbers(fixed)[0] === major);
    const beforeAll = fixedIn.every((fixed) => numbers(fixed)[0] > major);
    if (fix ? isBelow(version, fix) : beforeAll) problems.push(`electron ${version} has ${id}`);
  }
  return problems;
}

function isBelow(a: string, b: string): boolean {
  const [left, right] = [numbers(a), numbers(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at !== -1 && left[at]! < right[at]!;
}
