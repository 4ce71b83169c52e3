import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../headless/commands/run.ts';
import { jsonLines, temporaryFolder, vigie } from './run-vigie.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** The program without its process: what is badly written is refused before anything is opened. */
async function vigieHere(argv: readonly string[], env: Record<string, string> = {}) {
  const text = { stdout: '', stderr: '' };
  const code = await run(
    {
      argv,
      env: { LANG: 'en_GB.UTF-8', ...env },
      cwd: folder.path,
      stdin: process.stdin,
      stdout: { write: (chunk) => (text.stdout += chunk) },
      stderr: { write: (chunk) => (text.stderr += chunk) },
      outputClosed: new AbortController().signal,
      monotonicMs: () => performance.now(),
      now: () => Date.now(),
    },
    (error) => expect.fail(String(error)),
  );
  return { code, ...text };
}

describe('help', () => {
  it.each([
    ['en', /Usage: vigie/, /Exit codes/, /130 +interrupted by Ctrl-C/, /RISK_THRESHOLD +score/],
    ['fr', /Usage\s: vigie/, /Codes de sortie/, /130 +interrompu par Ctrl-C/, /RISK_THRESHOLD +score/],
  ])('is worth reading in %s', async (locale, ...patterns) => {
    const { code, stdout, stderr } = await vigie(['--help', '--locale', locale]);
    expect([code, stderr]).toEqual([0, '']);
    for (const pattern of patterns) expect(stdout).toMatch(pattern);
    for (const command of [
      'demo',
      'serve',
      'watch',
      'transcribe',
      'lives',
      'export',
      'alerts',
      'decide',
      'undo',
      'doctor',
      'models',
    ]) {
      expect(stdout).toContain(`  ${command}`);
    }
    // Nothing of the library's own English, and no key that the catalogue lacks.
    if (locale === 'fr') expect(stdout).not.toMatch(/Options:|Commands:|display help|default:/);
    expect(stdout).not.toMatch(/help\.\w+\.\w+|{{/);
  });

  it('follows the language of the system and shows each command with examples', async () => {
    const { stdout } = await vigie(['watch', '--help'], { env: { LANG: 'fr_FR.UTF-8' } });
    expect(stdout).toMatch(/Exemples\n {2}vigie watch live\.mp4/);
    expect(stdout).toMatch(/--speed <pace> .*\(par défaut\s: max\)/);
  });
});

describe('what is badly written', () => {
  it('ends the real program with 2', async () => {
    const { code, stderr } = await vigie(['watch', '--locale', 'fr']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/l’argument <source> manque/)]);
  });

  it.each([
    [['frobnicate'], /unknown command "frobnicate"/, /vigie --help/],
    [['watsch', 'x'], /did you mean watch\?/, /vigie --help/],
    [['watch'], /the argument <source> is missing/, /vigie watch --help/],
    [['watch', 'a', 'b'], /too many arguments/, /vigie watch --help/],
    [['watch', 'a', '--speed', 'fast'], /--speed "fast": choose one of 1, max/, /vigie watch --help/],
    [['watch', 'a', '--model'], /--model <model> needs a value/, /vigie watch --help/],
    [['watch', 'a', '--frob'], /unknown option --frob/, /vigie watch --help/],
    [['transcribe', 'a.wav', '--format', 'pdf,doc'], /--format "doc"/, /vigie transcribe --help/],
    [['export', 'nonsense', '--format', 'pdf'], /"nonsense" is not an id/, /vigie export --help/],
    [
      ['decide', '0198f0c2-0000-7000-8000-000000000000', 'approve'],
      /<verdict> "approve": choose one of dismiss/,
      /vigie decide --help/,
    ],
    [
      ['decide', '0198f0c2-0000-7000-8000-000000000000', 'dismiss', '--stop-capture'],
      /--stop-capture only goes with/,
      /vigie decide/,
    ],
    [['serve', '--port', '99999'], /--port "99999": a number between 0 and 65535/, /vigie serve --help/],
    [[], /no command is given/, /vigie --help/],
  ])('vigie %j: says what and where to look, exit 2', async (args, problem, where) => {
    const { code, stdout, stderr } = await vigieHere([...args, ...(args.length > 0 ? ['--data', folder.path] : [])]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(problem);
    expect(stderr).toMatch(where);
    expect(stderr).not.toMatch(/ {4}at |node:|\.ts:/);
  });

  it('is one line of JSON with --json, also for an environment that makes no sense', async () => {
    for (const [args, env] of [
      [['lives', '--frob', '--json'], {}],
      [['lives', '--json', '--data', folder.path], { RISK_THRESHOLD: 'high' }],
    ] as const) {
      const { code, stdout } = await vigieHere(args, env);
      expect(code).toBe(2);
      expect(jsonLines(stdout)).toEqual([
        expect.objectContaining({ type: 'error', code: 'bad-input', message: expect.any(String) }),
      ]);
    }
  });
});
