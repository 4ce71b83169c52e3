/** Speech models on their way here: one row per model, the newest attempt. */
export const modelArrivals = {
  name: '044-model-arrivals',
  sql: `
CREATE TABLE model_arrivals (
  model TEXT PRIMARY KEY, source TEXT, validator TEXT, job_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  problem TEXT, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
