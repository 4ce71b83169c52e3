import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, temporaryFolder, vigie } from './run-vigie.ts';

const demoLive = path.resolve(import.meta.dirname, '../../resources/demo/silence-noise.ogg');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (name: string) => path.join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  await Promise.all([
    mkdir(at('a-folder')),
    writeFile(at('nothing.wav'), ''),
    writeFile(at('text.mp3'), 'Ceci est un texte, pas du son.\n'.repeat(200)),
    writeFile(at('model.bin'), 'not a model\n'.repeat(1000)),
    writeFile(at('file-as-folder'), 'x'),
  ]);
});
afterAll(() => folder.remove());

type Case = {
  what: string;
  args(): string[];
  env?(): Record<string, string>;
  code: number;
  error: string;
  says: RegExp;
};

const cases: Case[] = [
  {
    what: 'a file that is not there',
    args: () => ['watch', at('missing.wav')],
    code: 3,
    error: 'source-not-found',
    says: /missing\.wav.*path/,
  },
  {
    what: 'a directory',
    args: () => ['watch', at('a-folder')],
    code: 3,
    error: 'source-is-directory',
    says: /a-folder.*folder/,
  },
  {
    what: 'a WAV of 0 bytes',
    args: () => ['watch', at('nothing.wav')],
    code: 3,
    error: 'source-empty',
    says: /Empty.*nothing\.wav/,
  },
  {
    what: 'text that is called .mp3',
    args: () => ['watch', at('text.mp3')],
    code: 3,
    error: 'source-unreadable',
    says: /text\.mp3/,
  },
  {
    what: 'a scheme that nothing here opens',
    args: () => ['watch', 'gopher://example.org/x'],
    code: 3,
    error: 'source-unsupported',
    says: /gopher/,
  },
  {
    what: 'a protocol of ffmpeg that nobody allowed',
    args: () => ['watch', 'rtsp://example.org/x'],
    code: 3,
    error: 'protocol-not-allowed',
    says: /--allow-protocol/,
  },
  {
    what: 'a model that is not a model',
    args: () => ['watch', demoLive, '--model', at('model.bin')],
    code: 4,
    error: 'model-invalid',
    says: /model\.bin/,
  },
  {
    what: 'a model that is not there',
    args: () => ['watch', demoLive, '--model', 'ggml-nowhere'],
    code: 4,
    error: 'model-missing',
    says: /ggml-nowhere.*vigie models/,
  },
  {
    what: 'ffmpeg that is not there',
    args: () => ['watch', demoLive],
    env: () => ({ VIGIE_FFMPEG: at('no-ffmpeg') }),
    code: 4,
    error: 'ffmpeg-missing',
    says: /ffmpeg.*npm ci/,
  },
  ...(existsSync('/bin/true')
    ? [
        {
          what: 'another program in the place of ffmpeg',
          args: () => ['watch', demoLive],
          env: () => ({ VIGIE_FFMPEG: '/bin/true' }),
          code: 4,
          error: 'ffmpeg-missing',
          says: /ffmpeg.*\/bin\/true.*npm ci/,
        },
      ]
    : []),
  {
    what: 'a data folder below a file',
    args: () => ['lives', '--data', at('file-as-folder/data')],
    code: 5,
    error: 'data-folder-unusable',
    says: /file-as-folder.*--data/,
  },
  ...(existsSync('/proc/self')
    ? [
        {
          what: 'a data folder where none can be made',
          args: () => ['lives', '--data', '/proc/vigie'],
          code: 5,
          error: 'data-folder-unusable',
          says: /\/proc\/vigie.*--data/,
        },
        {
          what: 'a folder for results where none can be made, before anything is heard',
          args: () => ['transcribe', demoLive, '--out', '/proc/vigie/deep'],
          code: 9,
          error: 'export-failed',
          says: /\/proc\/vigie/,
        },
      ]
    : []),
  {
    what: 'a live that is not there',
    args: () => ['export', '0198f0c2-0000-7000-8000-000000000000', '--format', 'pdf'],
    code: 7,
    error: 'not-found',
    says: /0198f0c2/,
  },
  {
    what: 'an alert that is not there',
    args: () => ['decide', '0198f0c2-0000-7000-8000-000000000000', 'review'],
    code: 7,
    error: 'not-found',
    says: /0198f0c2/,
  },
  {
    what: 'an address of this machine',
    args: () => ['watch', 'http://127.0.0.1:9/live.m3u8'],
    code: 8,
    error: 'address-refused',
    says: /127\.0\.0\.1.*--allow-private/,
  },
];

const stackTrace = / {4}at |node:internal|\.ts:\d/;

// Each case is a process, on machines that may be busy with others.
describe('what cannot work', { timeout: 120_000 }, () => {
  it.each(cases)('$what: one sentence, exit $code', async ({ args, env, code, error, says }) => {
    const finished = await vigie([...args(), '--json'], { env: { VIGIE_DATA: at('data'), ...env?.() } });
    const failure = jsonLines(finished.stdout).find(({ type }) => type === 'error');
    expect(failure).toMatchObject({ code: error, message: expect.stringMatching(says) });
    expect(failure?.message).not.toMatch(/undefined|{{/);
    expect(finished.stderr).not.toMatch(stackTrace);
    expect(finished.code).toBe(code);
  });

  it.each(cases.filter(({ error }) => ['source-unreadable', 'model-invalid', 'data-folder-unusable'].includes(error)))(
    '$what, to a person: the sentence, and no stack trace',
    async ({ args, env, code, says }) => {
      const finished = await vigie(args(), { env: { VIGIE_DATA: at('data'), ...env?.() } });
      expect(finished.stderr).toMatch(says);
      expect(finished.stderr + finished.stdout).not.toMatch(stackTrace);
      expect(finished.code).toBe(code);
    },
  );

  // Root may write anywhere, whatever the mode says.
  it.skipIf(process.getuid?.() === 0)('a data folder that may not be written', async () => {
    await mkdir(at('read-only'));
    await chmod(at('read-only'), 0o500);
    const { code, stderr } = await vigie(['lives', '--data', at('read-only/data')]);
    expect(stderr).toMatch(/read-only.*--data/);
    expect(code).toBe(5);
  });

  it('does not stop the other files, and leaves nothing half-written', async () => {
    const out = at('out');
    const { code, stderr } = await vigie(
      ['transcribe', at('text.mp3'), demoLive, at('missing.wav'), '--out', out, '--format', 'json,srt'],
      {
        env: { VIGIE_DATA: at('data') },
      },
    );
    expect(stderr).toMatch(/\[1\/3\].*text\.mp3.*\n.*\[2\/3\]/s);
    expect(stderr).toMatch(/1 file transcribed, 2 failed/);
    expect(code).toBe(3);
    expect((await readdir(out)).toSorted()).toEqual(['silence-noise.json', 'silence-noise.srt']);
  });
});
