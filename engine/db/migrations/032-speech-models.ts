/** What this machine was found to do with speech models: graphics cards tried, speeds measured, models fetched. */
export const speechModels = {
  name: '032-speech-models',
  sql: `
CREATE TABLE card_trials (
  card TEXT NOT NULL, worker TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, took_ms INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (card, worker)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_speeds (
  digest TEXT NOT NULL, worker TEXT NOT NULL, device TEXT NOT NULL CHECK (device IN ('cpu', 'gpu')), device_name TEXT NOT NULL,
  sound_ms INTEGER NOT NULL, processing_ms INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (digest, worker, device, device_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_transfers (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('download', 'import')), model TEXT NOT NULL, source TEXT NOT NULL,
  sha256 TEXT, size_bytes INTEGER, received_bytes INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')), problem TEXT,
  by_id TEXT NOT NULL REFERENCES profiles (id), at INTEGER NOT NULL, finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX model_transfers_once ON model_transfers (model) WHERE state IN ('waiting', 'running');
`,
};
