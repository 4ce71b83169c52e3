import { expect, it } from 'vitest';
import { invocationFolder } from './invocation-folder.ts';

it.each([
  ['typed in a shell', {}, '/here', '/here'],
  [
    'npm run, typed in a folder below',
    { INIT_CWD: '/app/media', npm_package_json: '/app/package.json' },
    '/app',
    '/app/media',
  ],
  [
    'a shell that npm once started, elsewhere',
    { INIT_CWD: '/app', npm_package_json: '/app/package.json' },
    '/here',
    '/here',
  ],
  ['half of it', { INIT_CWD: '/app' }, '/here', '/here'],
])('%s', (_what, env, cwd, folder) => expect(invocationFolder(env, cwd)).toBe(folder));
