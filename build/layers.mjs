// The walls that the linter cannot see, because they depend on where an import leads or on the size of a file.
// `node build/layers.mjs` prints each breach with the reason of its rule, and ends with 1 when there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ file: string, line: number, problem: string, reason: string }} Breach */

const rooms = ['shared', 'engine', 'renderer', 'electron', 'headless', 'build', 'bench', 'tests'];
const plumbing = ['base', 'db', 'journal', 'jobs', 'process', 'net', 'carriers', 'testing'];
/** Beside the kinds below, what one desk offers to the others. Pure readers and formats, no state. */
const openDoors = [
  'engine/analyse/embedded/fold.ts',
  'engine/analyse/embedded/respell.ts',
  'engine/capture/spool-read.ts',
  'engine/capture/wav.ts',
  'engine/sources/resolver.ts',
  'engine/transcribe/models.ts',
  'engine/transcribe/speech-engine.ts',
];
const doorKinds = /-(service|store|job|api)\.ts$/;
const sizeLimit = 400;
/** Lists and catalogues; their size is their subject. */
const sizeExempt = /(^|\/)(i18n|fixtures)\//;

const reasons = {
  plumbing: 'Plumbing (base db journal jobs process net) knows no desk: hand the desk in as a parameter.',
  desk: 'A desk uses another desk only through its service, store, jobs or the journal; what others need of it belongs there.',
  wall: 'Nobody looks at a shell or at the window; shells see the engine through #engine only.',
  time: 'Time is a parameter: take the `Clock` of EngineOptions, so that sleep and clock steps can be tested.',
  size: `A file above ${sizeLimit} lines says why at its top (a comment with the word "lines").`,
};

/**
 * @param {ReadonlyMap<string, string>} files text by path from the repository's root, with forward slashes
 * @returns {Breach[]}
 */
export function findBreaches(files) {
  return [...files].flatMap(([file, text]) => [
    ...importBreaches(file, text),
    ...timeBreaches(file, text),
    ...sizeBreaches(file, text),
  ]);
}

/** @param {string} file @param {string} text @returns {Breach[]} */
function importBreaches(file, text) {
  if (isTest(file)) return [];
  return importsOf(text).flatMap(({ specifier, line }) => {
    if (!specifier.startsWith('.')) return [];
    const target = posix.normalize(posix.join(posix.dirname(file), specifier));
    const reason = reasonAgainst(file, target);
    return reason ? [{ file, line, problem: `imports ${target}`, reason }] : [];
  });
}

/** @param {string} file @param {string} target */
function reasonAgainst(file, target) {
  const [fromRoom, fromDesk = ''] = file.split('/');
  const [toRoom, toDesk = '', ...inside] = target.split('/');
  const shells = ['renderer', 'electron', 'headless'];
  if (fromRoom !== toRoom) {
    if (['build', 'bench', 'tests'].includes(fromRoom ?? '')) return null;
    if (shells.includes(toRoom ?? '')) return reasons.wall;
    return toRoom === 'engine' ? reasons.wall : null;
  }
  // Files at the top of the engine compose everything; what lies there is for everyone.
  if (fromRoom !== 'engine' || inside.length === 0 || file.split('/').length === 2 || fromDesk === toDesk) return null;
  if (plumbing.includes(fromDesk)) return plumbing.includes(toDesk) ? null : reasons.plumbing;
  if (plumbing.includes(toDesk) || doorKinds.test(target) || openDoors.includes(target)) return null;
  return reasons.desk;
}

/** `new Date()` without an argument reads the clock; the linter has no rule for it. @param {string} file @param {string} text */
function timeBreaches(file, text) {
  if (isTest(file) || !/^(shared|engine)\//.test(file) || file.startsWith('engine/base/')) return [];
  return linesOf(text).flatMap(({ line, code }) =>
    /\bnew Date\(\s*\)/.test(code) ? [{ file, line, problem: 'reads the clock', reason: reasons.time }] : [],
  );
}

/** @param {string} file @param {string} text @returns {Breach[]} */
function sizeBreaches(file, text) {
  const lines = text.split('\n');
  if (lines.length <= sizeLimit || sizeExempt.test(file)) return [];
  const top = lines.slice(0, 12).filter((line) => /^\s*(\/\/|\/?\*)/.test(line));
  if (top.some((line) => /\blines\b/.test(line))) return [];
  return [{ file, line: 1, problem: `has ${lines.length} lines`, reason: reasons.size }];
}

/** @param {string} text @returns {{ specifier: string, line: number }[]} */
function importsOf(text) {
  const found = [];
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g;
  for (const { line, code } of linesOf(text)) {
    for (const match of code.matchAll(pattern)) found.push({ specifier: match[2] ?? '', line });
  }
  return found;
}

/** Lines of code: those that begin as a comment are left out. @param {string} text */
function linesOf(text) {
  return text
    .split('\n')
    .map((code, index) => ({ code, line: index + 1 }))
    .filter(({ code }) => !/^\s*(\/\/|\/?\*)/.test(code));
}

/** @param {string} file */
function isTest(file) {
  return /\.test\.tsx?$/.test(file) || /(^|\/)(testing|fixtures)\//.test(file);
}

/** @param {string} root @returns {Map<string, string>} */
export function readRooms(root) {
  const files = new Map();
  for (const room of rooms) {
    for (const entry of readdirSync(join(root, room), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(ts|tsx|mjs)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(
        path
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
        readFileSync(path, 'utf8'),
      );
    }
  }
  return files;
}

function main() {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const files = readRooms(root);
  const breaches = findBreaches(files);
  for (const { file, line, problem, reason } of breaches)
    process.stderr.write(`${file}:${line} ${problem}\n    ${reason}\n`);
  process.stderr.write(`layers: ${files.size} files, ${breaches.length} breaches\n`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
