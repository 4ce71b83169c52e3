import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preventable } from './stub/electron.ts';
import { startProgram, type Program } from './stub/program.ts';

vi.mock('electron', () => import('./stub/electron.ts'));

const alertId = '0190a000-0000-7000-8000-000000000001';
const page = 'vigie-app://app/index.html';
const frame = { url: page, origin: 'vigie-app://app', parent: null, isDestroyed: () => false };

let program: Program;
const child = () => program.record.forks.at(-1)!.child;
const ready = () => {
  child().emit('spawn');
  child().emit('message', { type: 'ready', locale: 'fr' });
};
const ask = () => program.ipcMain.emit('vigie:ask', { sender: program.page(), senderFrame: frame });
const told = () => program.page().posted.map(({ channel, message, ports }) => [channel, message, ports.length]);

describe('the desktop program', () => {
  beforeEach(async () => {
    program = await startProgram();
  });
  afterEach(() => program.close());

  it('starts one engine, with a bare environment and our options', () => {
    vi.stubEnv('GROQ_API_KEY', 'secret');
    const [fork] = program.record.forks;
    expect(program.record.forks).toHaveLength(1);
    expect(fork!.entry).toBe(join(program.folder, 'dist', 'electron', 'engine-process.js'));
    expect(Object.keys(fork!.options.env)).not.toContain('GROQ_API_KEY');
    child().emit('spawn');
    expect(child().heard).toMatchObject([
      { message: { type: 'open', options: { dataDir: join(program.folder, 'data') } } },
    ]);
    expect(program.record.userData).toBe(join(program.folder, 'data', 'window'));
  });

  it('hands the page a port when the engine is ready, and another after it died', () => {
    ask();
    expect(told()).toEqual([['vigie:engine', { type: 'vigie:engine-waiting' }, 0]]);
    ready();
    expect(told().at(-1)).toEqual(['vigie:engine', { type: 'vigie:port' }, 1]);
    expect(child().heard.at(-1)).toMatchObject({
      message: { type: 'port' },
      ports: [program.record.channels[0]!.port1],
    });
    expect(program.page().posted.at(-1)!.ports).toEqual([program.record.channels[0]!.port2]);
    child().emit('exit', 1);
    expect(told().at(-1)).toEqual(['vigie:engine', { type: 'vigie:engine-waiting' }, 0]);
  });

  it('gives a page that reloads one line, not two', () => {
    ready();
    ask();
    ask();
    const before = told().length;
    child().emit('exit', 1);
    expect(told().slice(before)).toEqual([['vigie:engine', { type: 'vigie:engine-waiting' }, 0]]);
  });

  it('forgets a page that is gone', () => {
    ready();
    ask();
    program.page().destroyed = true;
    program.page().emit('destroyed');
    const before = told().length;
    child().emit('exit', 1);
    expect(told()).toHaveLength(before);
  });

  it('tells the page and the person why there will be no engine, and tries again when asked', async () => {
    ask();
    program.record.answers.push(0);
    child().emit('spawn');
    child().emit('message', {
      type: 'refused',
      code: 'data-folder-owned',
      data: { path: '/d', ownerKind: 'command-line', ownerPid: 7 },
    });
    expect(told().at(-1)![1]).toMatchObject({ type: 'vigie:engine-failed', code: 'data-folder-owned' });
    expect(program.record.dialogs[0]!.detail).toMatch(/\/d.*command-line.*7/);
    await vi.waitFor(() => expect(program.record.forks).toHaveLength(2));
  });

  it('notifies of an alert without a word of what was said, and the notice leads to it', () => {
    ready();
    child().emit('message', { type: 'alert', alert: { alertId, scoreBp: 8_200, urgent: true } });
    const [notice] = program.record.notices;
    expect(notice!.options).toMatchObject({
      title: 'Nouvelle alerte',
      body: expect.stringContaining('0,82') as string,
    });
    notice!.emit('click');
    expect(program.record.windows[0]!.loaded.at(-1)).toBe(`${page}#/review?alert=${alertId}`);
  });

  it('notifies of a followed live without its name, and the notice leads to it', () => {
    ready();
    const liveId = alertId;
    child().emit('message', { type: 'watch', notice: { happened: 'started', watchId: alertId, liveId } });
    const [notice] = program.record.notices;
    expect(notice!.options).toMatchObject({ title: 'Un compte suivi est en direct', body: 'L’écoute a commencé.' });
    notice!.emit('click');
    expect(program.record.windows[0]!.loaded.at(-1)).toBe(`${page}#/lives/${liveId}`);
  });

  it('does not notify a person who is looking', () => {
    ready();
    program.record.windows[0]!.focused = true;
    child().emit('message', { type: 'alert', alert: { alertId, scoreBp: 8_200, urgent: true } });
    expect(program.record.notices).toEqual([]);
  });

  it('speaks the language that the person chose', () => {
    ready();
    expect(program.record.trayMenus.at(-1)!.map(({ label }) => label)).toContain('Quitter Vigie');
    child().emit('message', { type: 'locale', locale: 'en' });
    expect(program.record.trayMenus.at(-1)!.map(({ label }) => label)).toContain('Quit Vigie');
    expect(program.record.appMenus.at(-1)!.map(({ label }) => label)).toEqual(['Vigie', 'Edit', 'View']);
  });

  it('hides when closed, says that it goes on listening, and remembers its place', async () => {
    const [window] = program.record.windows;
    window!.emit('ready-to-show');
    const close = preventable();
    window!.emit('close', close);
    expect([close.defaultPrevented, window!.shown]).toEqual([true, false]);
    expect(program.record.notices.map(({ options }) => options.body)).toEqual([
      expect.stringContaining('continue d’écouter'),
    ]);
    const state = JSON.parse(await readFile(join(program.folder, 'data', 'window', 'window.json'), 'utf8')) as object;
    expect(state).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, maximized: false });
    program.app.emit('second-instance', {}, ['vigie', `vigie://alerte/${alertId}`]);
    expect(window!.shown).toBe(true);
    expect(window!.loaded.at(-1)).toContain(alertId);
  });

  it('quits once the engine has closed', async () => {
    ready();
    program.app.quit();
    expect(child().heard.at(-1)!.message).toEqual({ type: 'close' });
    expect(program.record.quits).toBe(0);
    const close = preventable();
    program.record.windows[0]!.emit('close', close);
    expect(close.defaultPrevented).toBe(false);
    child().emit('exit', 0);
    await vi.waitFor(() => expect(program.record.quits).toBe(1));
    expect(child().killed).toBe(false);
  });

  it('quits by force when the engine does not close', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      ready();
      program.app.quit();
      await vi.advanceTimersByTimeAsync(14_999);
      expect(child().killed).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect([child().killed, program.record.quits]).toEqual([true, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('loads a page again that crashed, three times', () => {
    for (const exitCode of [1, 1, 1, 1, 1])
      program.page().emit('render-process-gone', {}, { reason: 'crashed', exitCode });
    expect(program.page().reloads).toBe(3);
  });
});

describe('a start that must not be one', () => {
  afterEach(() => program.close());

  it('ends at once where another window program has the data folder', async () => {
    program = await startProgram(({ record }) => {
      record.onlyInstance = false;
    });
    expect([program.record.quits, program.record.windows.length, program.record.forks.length]).toEqual([1, 0, 0]);
  });
});
