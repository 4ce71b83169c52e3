import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import { engineFiles } from './build/package/engine-files.ts';
import page from './renderer/vite.config.ts';

const root = import.meta.dirname;
/** A test builds elsewhere, and without the page: it must not touch what is being served. */
const testDist = process.env.VIGIE_TEST_DIST;
const dist = testDist ?? join(root, 'dist');
const main = join(dist, 'electron');

/** The desktop program: main and the engine's process, the preload, and the same page that the loopback door serves. */
export default defineConfig({
  main: {
    plugins: [engineFiles(root, main, ['engine/transcribe/prebuilt-worker.ts'])],
    build: {
      outDir: main,
      minify: true,
      rolldownOptions: {
        input: { main: join(root, 'electron/main.ts'), 'engine-process': join(root, 'electron/engine-process.ts') },
        // All in one folder: the workers are found relative to whichever file names them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(dist, 'preload'),
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'electron/preload.ts') },
        // A sandboxed window loads CommonJS only, and no second file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: testDist
    ? undefined
    : { ...page, build: { ...page.build, rolldownOptions: { input: join(root, 'renderer/index.html') } } },
});
