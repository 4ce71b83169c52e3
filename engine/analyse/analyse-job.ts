export const analyseKind = 'analyse';

export type AnalysePayload = { segmentId: string };

/** The job of weighing one segment with the embedded analyser: one per segment. */
export function analyseJob(segmentId: string): { kind: string; key: string; payload: AnalysePayload } {
  return { kind: analyseKind, key: `${analyseKind}:${segmentId}:embedded`, payload: { segmentId } };
}
