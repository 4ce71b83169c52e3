import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataDir, engineEnvironment, engineStart, type Surroundings } from '../../electron/paths.ts';
import { defaultDataDir } from '../../headless/data-folder.ts';

const around: Surroundings = {
  platform: 'linux',
  arch: 'x64',
  env: {},
  home: '/home/a',
  args: [],
  appPath: '/opt/vigie/resources/app.asar',
  packaged: true,
  resourcesPath: '/opt/vigie/resources',
  execPath: '/opt/vigie/vigie',
};
const disk = { exists: () => true, findSpeechWorker: () => '/home/a/vigie/worker' };

it.each([
  ['linux', {}],
  ['linux', { XDG_DATA_HOME: '/data' }],
  ['linux', { XDG_DATA_HOME: 'relative' }],
  ['darwin', {}],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' }],
  ['win32', {}],
] as const)('%s %j: the data folder of the command line', (platform, env) => {
  expect(dataDir({ ...around, platform, env })).toBe(defaultDataDir(env, platform, around.home));
});

it('takes the folder that is named, the argument before the environment', () => {
  const env = { VIGIE_DATA: '/b' };
  expect(dataDir({ ...around, env })).toBe('/b');
  for (const args of [['--data', '/c'], ['--data=/c'], ['/app', '--data', '/c', '--other']])
    expect(dataDir({ ...around, env, args })).toBe('/c');
});

it('runs only what the package carries, whatever the environment says', () => {
  const env = { VIGIE_FFMPEG: '/evil', VIGIE_SPEECH_WORKER: '/evil' };
  expect(engineStart({ ...around, env }, disk)).toMatchObject({
    resourcesDir: '/opt/vigie/resources/resources',
    binaries: {
      ffmpeg: '/opt/vigie/resources/bin/ffmpeg',
      speechWorker: '/opt/vigie/resources/bin/speech/vigie-speech',
      node: { path: '/opt/vigie/vigie', env: { ELECTRON_RUN_AS_NODE: '1' } },
    },
  });
  expect(engineStart(around, { ...disk, exists: () => false }).binaries.speechWorker).toBeNull();
});

it('finds the tools of a working copy', () => {
  const copy = { ...around, packaged: false, appPath: '/home/a/vigie' };
  expect(engineStart(copy, disk)).toMatchObject({
    resourcesDir: '/home/a/vigie/resources',
    binaries: {
      ffmpeg: join('/home/a/vigie/node_modules/@ffmpeg-installer/linux-x64/ffmpeg'),
      speechWorker: '/home/a/vigie/worker',
    },
  });
  expect(engineStart({ ...copy, env: { VIGIE_FFMPEG: '/f' } }, disk).binaries.ffmpeg).toBe('/f');
});

it('gives the engine process what a program needs, and no keys', () => {
  const env = {
    PATH: '/bin',
    Path: 'x',
    HOME: '/home/a',
    VIGIE_LOG: 'debug',
    LC_ALL: 'C',
    GROQ_API_KEY: 'k',
    HTTPS_PROXY: 'p',
    NODE_OPTIONS: 'n',
  };
  expect(Object.keys(engineEnvironment(env)).sort()).toEqual(['HOME', 'LC_ALL', 'PATH', 'Path', 'VIGIE_LOG']);
});
