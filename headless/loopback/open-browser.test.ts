import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openBrowser, openerFor, redirectPage } from './open-browser.ts';

const launchUrl = 'http://127.0.0.1:4000/#token=CANARY';

test.each([
  ['linux', {}, null],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['darwin', {}, 'open'],
  ['win32', {}, 'rundll32'],
] as const)('%s %j is opened by %s', (platform, env, command) => {
  expect(openerFor(platform, env)?.command ?? null).toBe(command);
});

test('nothing is written where there is no browser', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-open-'));
  expect(await openBrowser(launchUrl, { dataDir, env: {}, platform: 'linux' })).toMatchObject({ opened: false });
  expect(readdirSync(dataDir)).toEqual([]);
});

test('an opener that is not installed leaves nothing behind', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-open-'));
  const env = { DISPLAY: ':0', PATH: dataDir };
  expect(await openBrowser(launchUrl, { dataDir, env, platform: 'linux' })).toMatchObject({ opened: false });
  expect(readdirSync(dataDir)).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'the token reaches the browser in a private page, not in an argument list',
  async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-open-'));
    const bin = path.join(dataDir, 'bin');
    mkdirSync(bin);
    // Stands for the real opener: notes what it was given, and what anybody else could read of it.
    const script = `#!/bin/sh\nfile="\${1#file://}"\n{ echo "$@"; stat -c %a "$file" "$(dirname "$file")"; cat "$file"; } > "${dataDir}/seen.part"\nmv "${dataDir}/seen.part" "${dataDir}/seen"\n`;
    writeFileSync(path.join(bin, 'xdg-open'), script);
    chmodSync(path.join(bin, 'xdg-open'), 0o755);
    const env = { DISPLAY: ':0', PATH: `${bin}:/usr/bin:/bin` };
    const browser = await openBrowser(launchUrl, { dataDir, env, platform: 'linux' });
    expect(browser.opened).toBe(true);
    await expect.poll(() => existsSync(path.join(dataDir, 'seen')), { timeout: 5_000 }).toBe(true);

    const [args, fileMode, folderMode, ...page] = readFileSync(path.join(dataDir, 'seen'), 'utf8').split('\n');
    expect(args).toMatch(/^file:\/\/.*vigie\.html$/);
    expect(args).not.toContain('CANARY');
    expect([fileMode, folderMode]).toEqual(['600', '700']);
    expect(page.join('\n')).toContain(`location.replace("${launchUrl}")`);
    await browser.forget();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('open-'))).toEqual([]);
  },
);

test('an address cannot leave its string', () => {
  expect(redirectPage('http://x/#"</script><script>alert(1)//')).not.toContain('</script><script>');
});
