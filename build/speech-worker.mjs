// Builds native/ (the speech worker) with cmake and keeps the program in .vigie/speech-worker/<key>/.
// Runs on Node 20 with nothing installed but the packages: `node build/speech-worker.mjs [--force] [--package] [--cuda]`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} BuildOptions
 * @property {string} root folder of the repository
 * @property {boolean} [force] build even when it is there
 * @property {'machine' | 'package'} [variant] `machine`: for this very processor; `package`: one file per processor family beside
 *   the program, chosen when it starts
 * @property {boolean} [cuda] with NVIDIA support, where nvcc and a driver are (takes many minutes)
 * @property {(step: { done: number, total: number, label: string }) => void} [onProgress]
 *
 * @typedef {{ path: string, built: boolean, reason: null, detail: string, logPath: string | null }} Built
 * @typedef {{ path: null, built: false, reason: 'no-source' | 'no-cmake' | 'no-compiler' | 'build-failed', detail: string,
 *   logPath: string | null }} NotBuilt
 */

const PROGRAM = process.platform === 'win32' ? 'vigie-speech.exe' : 'vigie-speech';

/**
 * Path of the worker built earlier for exactly these sources, flags and machine; null when there is none. Builds nothing.
 * @param {string} root
 * @param {Pick<BuildOptions, 'variant' | 'cuda'>} [options]
 */
export function findSpeechWorker(root, options = {}) {
  const wanted = options.cuda === undefined ? [true, false] : [options.cuda];
  for (const cuda of wanted) {
    const recipe = readRecipe({ root, ...options, cuda });
    const path = recipe && join(recipe.folder, PROGRAM);
    if (path && existsSync(path)) return path;
  }
  return null;
}

/**
 * Builds the worker unless it is there. A machine without cmake or compiler is no error: the answer says so and the prebuilt
 * library takes over.
 * @param {BuildOptions} options
 * @returns {Promise<Built | NotBuilt>}
 */
export async function buildSpeechWorker(options) {
  const recipe = readRecipe(options);
  if (!recipe)
    return notBuilt('no-source', 'the package nodejs-whisper, which carries the whisper.cpp source, is not installed');
  const program = join(recipe.folder, PROGRAM);
  if (!options.force && existsSync(program)) {
    return { path: program, built: false, reason: null, detail: 'built earlier', logPath: null };
  }
  if (!(await answers('cmake', ['--version']))) {
    return notBuilt(
      'no-cmake',
      'cmake is not installed (Debian: apt install cmake ninja-build g++; macOS: brew install cmake)',
    );
  }
  await mkdir(dirname(recipe.folder), { recursive: true });
  await sweep(dirname(recipe.folder));
  const logPath = `${recipe.folder}.log`;
  // Two builds at once disturb each other only in time: each has its folder, and the last rename wins.
  const work = `${recipe.folder}.building-${process.pid}`;
  const log = createWriteStream(logPath);
  try {
    const ninja = await answers('ninja', ['--version']);
    const configure = [
      '-S',
      join(options.root, 'native'),
      '-B',
      work,
      ...(ninja ? ['-G', 'Ninja'] : []),
      ...recipe.flags,
    ];
    options.onProgress?.({ done: 0, total: 1, label: 'configure' });
    const configured = await run('cmake', configure, log, () => undefined);
    if (configured.code !== 0) {
      return /No CMAKE_C(XX)?_COMPILER could be found|could not find any instance of Visual Studio/i.test(
        configured.tail,
      )
        ? notBuilt(
            'no-compiler',
            'no C++ compiler was found (Debian: apt install g++; macOS: xcode-select --install)',
            logPath,
          )
        : notBuilt('build-failed', lastLines(configured.tail), logPath);
    }
    const jobs = String(Math.max(1, cpus().length));
    const build = ['--build', work, '--config', 'Release', '--target', 'vigie-speech', '--parallel', jobs];
    const built = await run('cmake', build, log, (line) => {
      const step = readProgress(line);
      if (step) options.onProgress?.(step);
    });
    if (built.code !== 0) return notBuilt('build-failed', lastLines(built.tail), logPath);
    const output = [join(work, 'bin', 'Release'), join(work, 'bin')].find((folder) =>
      existsSync(join(folder, PROGRAM)),
    );
    if (!output) return notBuilt('build-failed', 'cmake reported success but left no program', logPath);
    const finished = `${recipe.folder}.done-${process.pid}`;
    // Shared libraries come with relative links; made absolute they would point into the folder that goes.
    await cp(output, finished, { recursive: true, verbatimSymlinks: true });
    await rm(recipe.folder, { recursive: true, force: true });
    await rename(finished, recipe.folder);
    return { path: program, built: true, reason: null, detail: 'built', logPath };
  } finally {
    log.end();
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Reads one line of ninja ("[12/80] ...") or make ("[ 12%] ...").
 * @param {string} line
 */
export function readProgress(line) {
  const ninja = /^\[(\d+)\/(\d+)\] (.*)/.exec(line);
  if (ninja) return { done: Number(ninja[1]), total: Number(ninja[2]), label: ninja[3] ?? '' };
  const make = /^\[\s*(\d+)%\] (.*)/.exec(line);
  return make ? { done: Number(make[1]), total: 100, label: make[2] ?? '' } : null;
}

/**
 * Where the result belongs and how it is made. The key holds everything that changes the program: sources, version of
 * whisper.cpp, flags, system, and the processor where the code is made for it. Null without the whisper.cpp source.
 * @param {Pick<BuildOptions, 'root' | 'variant' | 'cuda'>} options
 */
function readRecipe({ root, variant = 'machine', cuda = false }) {
  const source = join(root, 'node_modules', 'nodejs-whisper', 'cpp', 'whisper.cpp');
  if (!existsSync(join(source, 'include', 'whisper.h'))) return null;
  const flags = ['-DCMAKE_BUILD_TYPE=Release', '-DWHISPER_BUILD_TESTS=OFF', '-DWHISPER_BUILD_EXAMPLES=OFF'];
  // The matrix products of llamafile (tinyBLAS): whisper.cpp leaves them out unless asked.
  flags.push('-DGGML_LLAMAFILE=ON');
  if (variant === 'machine') flags.push('-DGGML_NATIVE=ON', '-DBUILD_SHARED_LIBS=OFF');
  else {
    flags.push('-DGGML_NATIVE=OFF', '-DBUILD_SHARED_LIBS=ON', '-DGGML_BACKEND_DL=ON', '-DGGML_OPENMP=OFF');
    if (process.arch === 'x64' || process.platform === 'linux') flags.push('-DGGML_CPU_ALL_VARIANTS=ON');
  }
  if (cuda) flags.push('-DGGML_CUDA=ON', ...(variant === 'machine' ? ['-DCMAKE_CUDA_ARCHITECTURES=native'] : []));
  const hash = createHash('sha256');
  const native = join(root, 'native');
  for (const name of readdirSync(native).sort()) {
    if (/\.(cpp|h|txt)$/.test(name))
      hash
        .update(name)
        .update('\0')
        .update(readFileSync(join(native, name)))
        .update('\0');
  }
  hash.update(readFileSync(join(source, 'CMakeLists.txt')));
  hash.update(readFileSync(join(root, 'node_modules', 'nodejs-whisper', 'package.json')));
  hash.update([...flags, process.platform, process.arch].join('\0'));
  if (variant === 'machine') hash.update(cpus()[0]?.model ?? '');
  const name = `${variant}-${process.platform}-${process.arch}${cuda ? '-cuda' : ''}-${hash.digest('hex').slice(0, 12)}`;
  return {
    flags: [...flags, `-DVIGIE_WHISPER_DIR=${source}`],
    folder: join(root, '.vigie', 'speech-worker', name),
  };
}

/** Whether an NVIDIA build can be made and used here: compiler and driver. */
export async function cudaPossible() {
  return (await answers('nvcc', ['--version'])) && (await answers('nvidia-smi', ['-L']));
}

/**
 * Removes what builds left behind that were interrupted: their folders end in the id of a process that is no more.
 * @param {string} folder
 */
async function sweep(folder) {
  for (const name of readdirSync(folder)) {
    const pid = /\.(?:building|done)-(\d+)$/.exec(name)?.[1];
    if (pid && !runs(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function runs(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @param {NotBuilt['reason']} reason
 * @param {string} detail
 * @param {string | null} [logPath]
 * @returns {NotBuilt}
 */
function notBuilt(reason, detail, logPath = null) {
  return { path: null, built: false, reason, detail, logPath };
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-12).join('\n');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>} whether the command exists and ends well
 */
function answers(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: 'ignore', windowsHide: true });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:fs').WriteStream} log
 * @param {(line: string) => void} onLine
 * @returns {Promise<{ code: number | null, tail: string }>} `tail`: the last 16 000 characters printed
 */
function run(command, args, log, onLine) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let tail = '';
    let rest = '';
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      const text = chunk.toString('utf8');
      log.write(chunk);
      tail = (tail + text).slice(-16_000);
      const lines = (rest + text).split(/\r?\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => done({ code: null, tail: `${tail}\n${error.message}` }));
    child.on('close', (code) => done({ code, tail }));
  });
}

/** @param {string[]} args */
async function main(args) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const cuda = args.includes('--cuda');
  if (cuda && !(await cudaPossible())) {
    process.stderr.write('no NVIDIA compiler (nvcc) and driver (nvidia-smi) here\n');
    return 1;
  }
  let shown = -1;
  const result = await buildSpeechWorker({
    root,
    force: args.includes('--force'),
    variant: args.includes('--package') ? 'package' : 'machine',
    cuda,
    onProgress({ done, total, label }) {
      const tenth = Math.floor((done / total) * 10);
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K[${done}/${total}] ${label.slice(0, 70)}`);
      else if (tenth > shown) process.stderr.write(`[${done}/${total}] ${label}\n`);
      shown = Math.max(shown, tenth);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  if (result.path) {
    process.stdout.write(`${result.path}\n`);
    return 0;
  }
  process.stderr.write(`${result.reason}: ${result.detail}\n`);
  if (result.logPath)
    process.stderr.write(`log: ${result.logPath}\n${(await readFile(result.logPath, 'utf8')).slice(-2000)}\n`);
  return 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
