import { expect, test } from 'vitest';
import { defaultDataDir } from './data-folder.ts';

test.each([
  ['linux', {}, '/home/a', '/home/a/.local/share/vigie'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/a', '/data/vigie'],
  ['linux', { XDG_DATA_HOME: 'data' }, '/home/a', '/home/a/.local/share/vigie'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/a', '/home/a/.local/share/vigie'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/a', '/Users/a/Library/Application Support/vigie'],
  ['win32', {}, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Local\\vigie'],
  ['win32', { LOCALAPPDATA: 'D:\\L' }, 'C:\\Users\\a', 'D:\\L\\vigie'],
] as const)('%s %j', (platform, env, home, expected) => {
  expect(defaultDataDir(env, platform, home)).toBe(expected);
});
