/** What an analyser was worth on labelled cases, at one moment, with one policy. The cases themselves are not kept. */
export const evaluations = {
  name: '060-evaluations',
  sql: `
CREATE TABLE evaluations (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, name TEXT NOT NULL, cases_digest TEXT NOT NULL, language TEXT NOT NULL,
  engine TEXT NOT NULL, model TEXT NOT NULL, policy_version TEXT NOT NULL, policy_hash TEXT NOT NULL, prompt_hash TEXT,
  cases INTEGER NOT NULL CHECK (cases > 0), unjudged INTEGER NOT NULL CHECK (unjudged BETWEEN 0 AND cases),
  accuracy_bp INTEGER CHECK (accuracy_bp BETWEEN 0 AND 10000), macro_f1_bp INTEGER CHECK (macro_f1_bp BETWEEN 0 AND 10000),
  recall_bp INTEGER CHECK (recall_bp BETWEEN 0 AND 10000), specificity_bp INTEGER CHECK (specificity_bp BETWEEN 0 AND 10000),
  functionalities TEXT NOT NULL CHECK (json_valid(functionalities)), p50_us INTEGER NOT NULL, p95_us INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
