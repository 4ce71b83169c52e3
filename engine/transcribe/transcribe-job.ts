export const transcribeKind = 'transcribe';

export type TranscribePayload = { segmentId: string };

/** The job of writing one segment down: one per segment, ever. */
export function transcribeJob(segmentId: string): { kind: string; key: string; payload: TranscribePayload } {
  return { kind: transcribeKind, key: `${transcribeKind}:${segmentId}`, payload: { segmentId } };
}
