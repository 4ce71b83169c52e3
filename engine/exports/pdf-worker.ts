/**
 * Sets one transcript as PDF, in a process of its own: typesetting blocks for seconds and is native code (design, law 6).
 * Arguments: the folder of the template. Protocol: pdf/frames.ts. Exits 0 after `pdf` or `failed`.
 */
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { createFrameReader, frame, frameKinds } from './pdf/frames.ts';
import { typeset } from './pdf/typeset.ts';
import { documentView } from './view/document-view.ts';

const templateDir = process.argv[2];

function set(document: TranscriptDocument): Buffer {
  if (!templateDir) return frame(frameKinds.failed, JSON.stringify({ detail: 'pdf-no-template' }));
  try {
    const { pdf } = typeset(documentView(document), templateDir, (bp) => {
      process.stdout.write(frame(frameKinds.progress, String(bp)));
    });
    return frame(frameKinds.pdf, pdf);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return frame(frameKinds.failed, JSON.stringify({ detail: detail.slice(0, 300) }));
  }
}

const read = createFrameReader((kind, payload) => {
  if (kind !== frameKinds.document) throw new Error('the engine sends documents only');
  process.stdout.write(set(JSON.parse(payload.toString('utf8')) as TranscriptDocument));
});
process.stdin.on('data', read);
