import path from 'node:path';
import { systemClock } from '../engine/base/clock.ts';
import { silentLog } from '../engine/base/log.ts';
import { fixtureDocument } from '../engine/exports/fixtures/document.ts';
import { openPdfRenderer } from '../engine/exports/pdf-renderer.ts';
import { systemSpawn } from '../engine/process/spawn.ts';

const runs = 3;

/**
 * Time of one transcript as PDF, as the engine makes it: worker started, document sent, bytes back. 720 segments are 3 h
 * of 15 s pieces; the document is heavy (Arabic, emoji, long words, one segment in five is an alert, half of them decided).
 */
export async function benchPdf(): Promise<{ name: string; rows: Record<string, string | number>[] }> {
  const pdf = openPdfRenderer({
    spawn: systemSpawn,
    node: { path: process.execPath, args: [] },
    resourcesDir: path.join(import.meta.dirname, '../resources'),
    clock: systemClock,
    log: silentLog,
  });
  const rows: Record<string, string | number>[] = [];
  try {
    for (const segments of [0, 720, 7200]) {
      const document = fixtureDocument({ segments });
      const times: number[] = [];
      let bytes: Uint8Array = new Uint8Array();
      for (let run = 0; run < (segments > 1000 ? 1 : runs); run += 1) {
        const startMs = performance.now();
        bytes = await pdf.render(document);
        times.push(performance.now() - startMs);
      }
      rows.push({
        segments,
        alerts: document.alerts.length,
        'ms (median)': Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!),
        pages: pagesOf(bytes),
        KiB: Math.round(bytes.byteLength / 1024),
      });
    }
  } finally {
    await pdf.close();
  }
  return { name: 'PDF of a transcript', rows };
}

/** The page count the root of the page tree states: the largest `/Count`. */
function pagesOf(pdf: Uint8Array): number {
  const counts = Buffer.from(pdf)
    .toString('latin1')
    .matchAll(/\/Type\s*\/Pages[^>]*?\/Count (\d+)/g);
  return Math.max(0, ...Array.from(counts, (match) => Number(match[1])));
}

if (import.meta.main) {
  const { name, rows } = await benchPdf();
  console.log(name);
  console.table(rows);
}
