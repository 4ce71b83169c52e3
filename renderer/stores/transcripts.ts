import { create } from 'zustand';
import { engine } from '../link/engine.ts';
import { counted, emptyTranscript, nextRead, received, touch, touchAll, type Transcript } from './transcript-fold.ts';

/** Transcripts of the lives that are open in the window, and what went wrong while reading them. */
export const useTranscripts = create<{ byLive: Record<string, Transcript>; failed: Record<string, unknown> }>(() => ({
  byLive: {},
  failed: {},
}));

const reading = new Set<string>();

export function transcriptOf(liveId: string): Transcript {
  return useTranscripts.getState().byLive[liveId] ?? emptyTranscript;
}

function put(liveId: string, transcript: Transcript): void {
  useTranscripts.setState(({ byLive }) => ({ byLive: { ...byLive, [liveId]: transcript } }));
}

/** News of a segment; ignored for lives that nobody looks at. */
export function touchSegment(liveId: string, number: number): void {
  if (liveId in useTranscripts.getState().byLive) put(liveId, touch(transcriptOf(liveId), number));
}

export function touchTranscripts(): void {
  for (const [liveId, transcript] of Object.entries(useTranscripts.getState().byLive))
    put(liveId, touchAll(transcript));
}

/** A page shows this live, which has `count` segments. */
export function openTranscript(liveId: string, count: number): void {
  const now = transcriptOf(liveId);
  const next = counted(now, count);
  if (next !== now || !(liveId in useTranscripts.getState().byLive)) put(liveId, next);
}

export function closeTranscript(liveId: string): void {
  useTranscripts.setState(({ byLive }) => {
    const { [liveId]: _gone, ...rest } = byLive;
    return { byLive: rest };
  });
}

/** Reads what the rows `from`..`to` miss, until they miss nothing; one read at a time per live. */
export async function readRows(liveId: string, rows: { from: number; to: number }): Promise<void> {
  if (reading.has(liveId)) return;
  reading.add(liveId);
  try {
    for (let read = nextRead(transcriptOf(liveId), rows); read !== null; read = nextRead(transcriptOf(liveId), rows)) {
      const { tick } = transcriptOf(liveId);
      const { items } = await engine.lives.segments({ liveId, ...read });
      if (!(liveId in useTranscripts.getState().byLive)) return;
      put(liveId, received(transcriptOf(liveId), items, tick));
      useTranscripts.setState(({ failed }) => ({ failed: { ...failed, [liveId]: null } }));
      // Numbers without holes are the engine's promise; asking again for one it does not have would never end.
      if (items.length === 0) return;
    }
  } catch (error) {
    useTranscripts.setState(({ failed }) => ({ failed: { ...failed, [liveId]: error } }));
  } finally {
    reading.delete(liveId);
  }
}
