import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type * as Stub from './electron.ts';

/** The real main module on the stub of `electron`, with a small page on disk. Call `close` at the end. */
export async function startProgram(before: (stub: typeof Stub) => void = () => undefined) {
  vi.resetModules();
  const folder = await mkdtemp(join(tmpdir(), 'vigie-shell-'));
  await mkdir(join(folder, 'dist', 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'dist', 'renderer', 'index.html'), '<!doctype html><title>Vigie</title>');
  await writeFile(join(folder, 'dist', 'renderer', 'assets', 'main-1a2b.js'), 'export {};');
  await cp(join(import.meta.dirname, 'electron.ts'), join(folder, 'secret.html'));
  vi.stubEnv('VIGIE_DATA', join(folder, 'data'));
  await mkdir(join(folder, 'data', 'window'), { recursive: true });

  // Electron's addition to `process`, which Node does not have.
  Object.assign(process, { resourcesPath: join(folder, 'resources') });

  // The same module that main imports: the test file has put the stub in its place.
  const stub = (await import('electron')) as unknown as typeof Stub;
  stub.resetStub();
  stub.app.appPath = folder;
  before(stub);
  await import('../../../electron/main.ts');
  stub.app.becomeReady();
  if (stub.record.onlyInstance) {
    await vi.waitFor(() => {
      if (stub.record.windows.length === 0) throw new Error('no window yet');
    });
  }
  return {
    ...stub,
    folder,
    /** The window's page, as Electron would present it in an event. */
    page: () => stub.record.windows[0]!.webContents,
    async close() {
      // Otherwise this program's keeper would start an engine in the middle of the next one.
      stub.app.quit();
      for (const { child } of stub.record.forks) child.emit('exit', 0);
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    },
  };
}
export type Program = Awaited<ReturnType<typeof startProgram>>;
