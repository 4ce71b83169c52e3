import { createRequire } from 'node:module';
import path from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { DocumentView } from '../view/view.ts';

/** The faces a page may need, as folders of one TTF each. The colour emoji face is mapped, not read: 20 ms for its 25 MB. */
const faces = [
  '@expo-google-fonts/noto-sans/400Regular',
  '@expo-google-fonts/noto-sans/400Regular_Italic',
  '@expo-google-fonts/noto-sans/700Bold',
  '@expo-google-fonts/noto-naskh-arabic/400Regular',
  '@expo-google-fonts/noto-naskh-arabic/700Bold',
  '@expo-google-fonts/noto-color-emoji/400Regular',
];

export type Typesetting = { pdf: Uint8Array; pages: number; standard: 'a-2a' | '1.7' };

const attempts = 4;

/**
 * Sets a view with `<templateDir>/transcript.typ` as PDF/A-2a (ISO 19005-2, tagged). Characters that no face of this
 * machine can draw are replaced by their code, as the standard wants every glyph drawn; when that is not enough the
 * document leaves as tagged PDF 1.7 rather than not at all. Blocks: for a worker process only.
 * @throws Error with the compiler's words when the template does not compile
 */
export function typeset(view: DocumentView, templateDir: string, onProgress: (bp: number) => void): Typesetting {
  const compiler = NodeCompiler.create({ workspace: templateDir, fontArgs: [{ fontPaths: faces.map(folderOf) }] });
  onProgress(500);
  let json = JSON.stringify(view);
  for (let attempt = 1; ; attempt += 1) {
    const document = compile(compiler, path.join(templateDir, 'transcript.typ'), json);
    onProgress(8000);
    try {
      return { pdf: compiler.pdf(document, { pdfStandard: 'a-2a' }), pages: document.numOfPages, standard: 'a-2a' };
    } catch (error) {
      const missing = undrawable(error);
      if (missing.length === 0 || attempt === attempts) {
        return { pdf: compiler.pdf(document, { pdfStandard: '1.7' }), pages: document.numOfPages, standard: '1.7' };
      }
      for (const text of missing) json = json.replaceAll(text, codes(text));
    }
  }
}

function compile(compiler: NodeCompiler, mainFilePath: string, view: string) {
  const result = compiler.compile({ mainFilePath, inputs: { view } });
  const document = result.result;
  if (document) return document;
  const messages = (result.takeError()?.shortDiagnostics ?? []) as { message?: string }[];
  throw new Error(messages.map(({ message }) => message).join('; ') || 'the template does not compile');
}

function folderOf(face: string): string {
  const require = createRequire(import.meta.url);
  const name = face.split('/').slice(0, 2).join('/');
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), face.slice(name.length + 1));
}

/**
 * The pieces of text the exporter names as undrawable or forbidden (Typst 0.14: "the text `"\u{fffe}"` could not be
 * displayed", "the codepoint `"\u{e000}"`", "disallowed codepoint `...`"). Never ASCII, so that JSON stays JSON.
 */
function undrawable(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const named = [...message.matchAll(/(?:the text|codepoint) `\\?"(.+?)\\?"`/gu)].map((match) =>
    match[1]!.replace(/\\+u\{([0-9a-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
  );
  return [...new Set(named)].filter((text) => /^[^\u0000-\u00a0]+$/u.test(text));
}

function codes(text: string): string {
  return [...text]
    .map((character) =>
      /\p{Default_Ignorable_Code_Point}/u.test(character)
        ? ''
        : `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .join('');
}
