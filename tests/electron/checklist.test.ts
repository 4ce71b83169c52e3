import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostileUrls } from './hostile.ts';
import { preventable } from './stub/electron.ts';
import { startProgram, type Program } from './stub/program.ts';

vi.mock('electron', () => import('./stub/electron.ts'));

const root = join(import.meta.dirname, '..', '..');
const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, 'electron', name), 'utf8') }));
const code = sources.map(({ text }) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')).join('\n');

let program: Program;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program.close());

const preferences = () => program.record.windows.map((window) => window.options.webPreferences);
const session = () => program.session.defaultSession;
const targets = hostileUrls(206).filter((url) => typeof url === 'string');

/** Asks both permission handlers, as Electron would. */
function permission(name: string, url: string, isMainFrame = true): { requested: boolean; checked: boolean } {
  const contents = { getURL: () => url };
  let requested = false;
  const grant = (answer: boolean) => (requested = answer);
  (session().requestHandler as unknown as (...args: unknown[]) => void)(contents, name, grant, { isMainFrame });
  const origin = URL.canParse(url) ? url.replace(/^([a-z-]+:\/\/[^/]*).*$/, '$1') : url;
  const checked = (session().checkHandler as unknown as (...args: unknown[]) => boolean)(contents, name, origin, {});
  return { requested, checked };
}

/** Lets pending promises run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const page = 'vigie-app://app/index.html';
const permissions = [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'openExternal',
  'clipboard-read',
  'display-capture',
  'mediaKeySystem',
  'keyboardLock',
  'idle-detection',
  'window-management',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'fileSystem',
  'hid',
  'serial',
  'usb',
  'unknown',
  'accessibility-events',
  'background-sync',
  'local-fonts',
  'sensors',
  'deprecated-sync-clipboard-read',
];

/** The checklist of Electron's own security guide (tutorial/security, 20 items), each with its proof. */
const checklist: [number, string, () => unknown][] = [
  [
    1,
    'only secure content is loaded',
    () => {
      const cancelled = (url: string) => {
        let result = { cancel: false };
        session().beforeRequest!({ url }, (answer) => (result = answer));
        return result.cancel;
      };
      for (const url of [
        'http://a.org',
        'https://a.org',
        'ws://127.0.0.1:1',
        'wss://a',
        'file:///etc/passwd',
        'ftp://a',
        'chrome://gpu',
        'junk',
      ]) {
        expect(cancelled(url), url).toBe(true);
      }
      for (const url of [page, `blob:vigie-app://app/x`, 'data:image/png;base64,'])
        expect(cancelled(url), url).toBe(false);
      expect(program.record.schemes).toMatchObject([
        { scheme: 'vigie-app', privileges: { standard: true, secure: true } },
      ]);
    },
  ],
  [
    2,
    'no Node in the page',
    () => {
      for (const each of preferences()) {
        expect(each).toMatchObject({
          nodeIntegration: false,
          nodeIntegrationInWorker: false,
          nodeIntegrationInSubFrames: false,
        });
      }
    },
  ],
  [3, 'context isolation', () => preferences().forEach((each) => expect(each.contextIsolation).toBe(true))],
  [
    4,
    'sandbox, for the window and for everything else',
    () => {
      preferences().forEach((each) => expect(each.sandbox).toBe(true));
      expect(program.record.sandboxed).toBe(true);
    },
  ],
  [
    5,
    'permissions are refused in requests, checks and for devices',
    () => {
      for (const name of permissions)
        expect(permission(name, page), name).toEqual({ requested: false, checked: false });
      for (const name of ['fullscreen', 'clipboard-sanitized-write']) {
        expect(permission(name, page)).toEqual({ requested: true, checked: true });
        for (const url of [
          'vigie-app://app.evil/index.html',
          'vigie-app://evil/index.html',
          'https://app/index.html',
          '',
        ]) {
          expect(permission(name, url), url).toEqual({ requested: false, checked: false });
        }
        expect(permission(name, page, false).requested).toBe(false);
      }
      expect((session().deviceHandler as () => boolean)()).toBe(false);
    },
  ],
  [6, 'web security is on', () => preferences().forEach((each) => expect(each.webSecurity).toBe(true))],
  [
    7,
    'a content security policy on every answer',
    async () => {
      const golden =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; font-src 'self'; " +
        "connect-src 'none'; frame-src 'none'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
      for (const path of ['/index.html', '/assets/main-1a2b.js', '/missing']) {
        const answer = await program.record.served.get('vigie-app')!({ url: `vigie-app://app${path}`, method: 'GET' });
        expect(answer.headers.get('content-security-policy')).toBe(golden);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      }
      expect(program.record.schemes[0]!.privileges.bypassCSP).toBe(false);
    },
  ],
  [
    8,
    'no insecure content',
    () => preferences().forEach((each) => expect(each.allowRunningInsecureContent).toBe(false)),
  ],
  [9, 'no experimental features', () => preferences().forEach((each) => expect(each.experimentalFeatures).toBe(false))],
  [
    10,
    'no Blink features by name',
    () => {
      preferences().forEach((each) => expect(each).not.toHaveProperty('enableBlinkFeatures'));
      expect(code).not.toMatch(/enableBlinkFeatures|enable-blink-features/);
    },
  ],
  [11, 'no webview may open windows', () => expect(code).not.toMatch(/allowpopups/i)],
  [
    12,
    'no webview is attached',
    () => {
      const event = preventable();
      program.page().emit('will-attach-webview', event, {}, {});
      expect(event.defaultPrevented).toBe(true);
      preferences().forEach((each) => expect(each.webviewTag).toBe(false));
    },
  ],
  [
    13,
    'navigation is prevented, 200 of 200, in every frame and redirect',
    () => {
      expect(targets).toHaveLength(200);
      for (const url of [...targets, 'vigie-app://app/other.html', 'vigie-app://app/index.html?x']) {
        for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
          const event = { ...preventable(), url, isMainFrame: true };
          program.page().emit(name, event);
          expect(event.defaultPrevented, `${name} ${url}`).toBe(true);
        }
      }
      const reload = { ...preventable(), url: page, isMainFrame: true };
      program.page().emit('will-navigate', reload);
      expect(reload.defaultPrevented).toBe(false);
      const inFrame = { ...preventable(), url: page, isMainFrame: false };
      program.page().emit('will-frame-navigate', inFrame);
      expect(inFrame.defaultPrevented).toBe(true);
    },
  ],
  [
    14,
    'new windows are denied, 200 of 200',
    () => {
      for (const url of [...targets, page, 'https://example.org/']) {
        expect(program.page().openHandler!({ url }), url).toEqual({ action: 'deny' });
      }
      expect(program.record.windows).toHaveLength(1);
    },
  ],
  [
    15,
    'the browser is asked only after a person has seen the ASCII host',
    async () => {
      const { record } = program;
      record.dialogs.length = 0;
      for (const url of targets) {
        program.page().openHandler!({ url });
        await Promise.resolve();
      }
      await settle();
      expect(record.dialogs).toEqual([]);
      record.answers.push(1, 0);
      program.page().openHandler!({ url: 'https://www.tiktok.com/@no' });
      await settle();
      expect(record.dialogs).toHaveLength(1);
      program.page().openHandler!({ url: 'https://аpple.com/live' });
      await vi.waitFor(() => expect(record.opened).toHaveLength(1));
      expect(record.dialogs[1]!.detail).toContain('xn--pple-43d.com');
      expect(record.opened).toEqual(['https://xn--pple-43d.com/live']);
    },
  ],
  [
    16,
    'a current Electron without known advisories',
    async () => {
      const { electronProblems } = await import('../../build/package/electron-gate.ts');
      const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
        devDependencies: Record<string, string>;
      };
      expect(electronProblems(devDependencies.electron!)).toEqual([]);
    },
  ],
  [
    17,
    'senders of messages are checked',
    () => {
      const { ipcMain, channels } = { ...program, channels: program.record.channels };
      const frame = (over: object) => ({
        url: page,
        origin: 'vigie-app://app',
        parent: null,
        isDestroyed: () => false,
        ...over,
      });
      const forged = [
        null,
        frame({ url: 'https://evil.example/' }),
        frame({ url: 'vigie-app://evil/index.html' }),
        frame({ url: 'vigie-app://app/other.html' }),
        frame({ url: 'file:///index.html' }),
        frame({ parent: frame({}) }),
        frame({ isDestroyed: () => true }),
      ];
      const sender = program.page();
      for (const senderFrame of forged) ipcMain.emit('vigie:ask', { sender, senderFrame });
      expect(sender.posted).toEqual([]);
      expect(channels).toEqual([]);
      ipcMain.emit('vigie:ask', { sender, senderFrame: frame({}) });
      expect(sender.posted).toHaveLength(1);
      expect(ipcMain.eventNames()).toEqual(['vigie:ask']);
    },
  ],
  [
    18,
    'no file: addresses',
    () => {
      program.record.windows.forEach((window) =>
        window.loaded.forEach((url) => expect(url).toMatch(/^vigie-app:\/\/app\//)),
      );
      expect(code).not.toMatch(/loadFile|pathToFileURL|['"`]file:/);
    },
  ],
  [
    19,
    'fuses are set when packaging',
    async () => {
      const { readFuses } = await import('../../build/package/fuses.ts');
      expect(readFuses(join(root, 'electron-builder.yml'))).toEqual({
        // The workers run in Electron's own Node: docs/decisions.md.
        runAsNode: true,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
      });
    },
  ],
  [
    20,
    'the page is given nothing of Electron',
    () => {
      const bridge = sources.filter(({ text }) => text.includes('contextBridge') || text.includes('ipcRenderer'));
      expect(bridge.map(({ name }) => name)).toEqual(['preload.ts']);
      expect(bridge[0]!.text.match(/exposeInMainWorld\(.*\)/g)).toEqual([
        "exposeInMainWorld('vigieShell', { kind: 'desktop' })",
      ]);
    },
  ],
];

describe("Electron's checklist", () => {
  it('has its twenty items', () =>
    expect(checklist.map(([number]) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1)));
  it.each(checklist)('%i %s', async (_number, _title, prove) => {
    await prove();
  });
});

describe('beyond the checklist', () => {
  it('bypasses no certificate error, sends no certificate and no password', () => {
    for (const [name, ...args] of [
      ['certificate-error', {}, 'https://a', 'error', {}],
      ['select-client-certificate', {}, 'https://a', []],
      ['login', {}, {}, {}],
    ] as [string, ...unknown[]][]) {
      const event = preventable();
      const answers: unknown[] = [];
      program.app.emit(name, event, ...args, (...answer: unknown[]) => answers.push(...answer));
      expect(event.defaultPrevented, name).toBe(true);
      expect(answers.filter(Boolean), name).toEqual([]);
    }
  });

  it('saves only what the page made', () => {
    const saved = (url: string) => {
      const event = preventable();
      session().emit('will-download', event, { getURL: () => url });
      return !event.defaultPrevented;
    };
    expect(saved('blob:vigie-app://app/5f0e')).toBe(true);
    for (const url of [
      'https://a.org/x.exe',
      'blob:https://a.org/1',
      'data:text/html,x',
      'blob:vigie-app://app.evil/1',
    ])
      expect(saved(url), url).toBe(false);
  });

  it('has no developer tools in a package', () => preferences().forEach((each) => expect(each.devTools).toBe(false)));

  it('registers the scheme so that no other origin can read it', () => {
    expect(program.record.schemes[0]!.privileges).toMatchObject({
      corsEnabled: false,
      supportFetchAPI: false,
      allowServiceWorkers: false,
    });
  });
});
