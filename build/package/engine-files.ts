import { basename, dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'vite';

/** Packages with native code or data files: never bundled, read from node_modules where the program runs. */
export const nativePackages = [
  'better-sqlite3',
  '@fugood/whisper.node',
  '@myriaddreamin/typst-ts-node-compiler',
  /^@expo-google-fonts\//,
];

const reference = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\1,\s*import\.meta\.url,?\s*\)/g;
const understood = /new URL\([^)]*import\.meta\.url|createRequire\(import\.meta\.url\)/g;

/**
 * The engine names its worker programs as neighbours: `new URL('./pdf-worker.ts', import.meta.url)`. In a bundle the
 * neighbour is elsewhere, so each named program is built whole into `workers/` and its reference points there, outside the
 * archive: a worker's native code (fonts, models) cannot read inside one. A reference of another form stops the build.
 * `neighbours` are programs that the engine looks for beside itself under their built name (`x.ts` as `x.js`).
 */
export function engineFiles(root: string, outDir: string, neighbours: readonly string[]): Plugin {
  const programs = new Set<string>();
  return {
    name: 'vigie-engine-files',
    transform(code, id) {
      if (!id.startsWith(join(root, 'engine') + '/') || !code.includes('import.meta')) return null;
      const strange = code.replace(understood, '').includes('import.meta');
      if (strange)
        this.error(`${id}: packaging only knows new URL('./file', import.meta.url) and createRequire(import.meta.url)`);
      return code.replace(reference, (_, _quote, path: string) => {
        const file = resolve(dirname(id), path);
        if (!file.endsWith('.ts')) this.error(`${id}: data files of the engine belong in resources/: ${path}`);
        programs.add(file);
        const name = basename(file, '.ts');
        return `new URL('./workers/${name}.js', import.meta.url.replace('/app.asar/', '/app.asar.unpacked/'))`;
      });
    },
    async closeBundle() {
      for (const file of neighbours) await buildProgram(root, join(root, file), outDir);
      for (const file of programs) await buildProgram(root, file, join(outDir, 'workers'));
      programs.clear();
    },
  };
}

function buildProgram(root: string, file: string, outDir: string) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: nativePackages.filter((name) => typeof name === 'string') },
    build: {
      ssr: file,
      outDir,
      emptyOutDir: false,
      minify: true,
      target: 'node24',
      rolldownOptions: {
        external: nativePackages,
        output: { format: 'es', entryFileNames: `${basename(file, '.ts')}.js`, codeSplitting: false },
      },
    },
  });
}
