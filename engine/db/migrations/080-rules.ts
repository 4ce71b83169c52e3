/**
 * Rules that people write, the words that rules share, and what they matched. A version is never changed: it holds what was written
 * (`definition`) and the words of the banks it was made with (`banks`), so that a hit can be explained for good.
 */
export const rules = {
  name: '080-rules',
  sql: `
CREATE TABLE keyword_banks (
  id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE keyword_bank_versions (
  bank_id TEXT NOT NULL REFERENCES keyword_banks (id), version INTEGER NOT NULL CHECK (version > 0), name TEXT NOT NULL, language TEXT,
  terms TEXT NOT NULL CHECK (json_valid(terms)), by_id TEXT NOT NULL REFERENCES profiles (id), at INTEGER NOT NULL,
  PRIMARY KEY (bank_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (
  id TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('draft', 'shadow', 'active')),
  running_version INTEGER, running_since INTEGER, created_at INTEGER NOT NULL, removed_at INTEGER,
  CHECK ((state = 'draft') = (running_version IS NULL)), CHECK ((running_version IS NULL) = (running_since IS NULL)),
  FOREIGN KEY (id, running_version) REFERENCES rule_versions (rule_id, version) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE rule_versions (
  rule_id TEXT NOT NULL REFERENCES rules (id), version INTEGER NOT NULL CHECK (version > 0),
  definition TEXT NOT NULL CHECK (json_valid(definition)), banks TEXT NOT NULL CHECK (json_valid(banks)), hash TEXT NOT NULL,
  by_id TEXT NOT NULL REFERENCES profiles (id), at INTEGER NOT NULL,
  PRIMARY KEY (rule_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_hits (
  id TEXT PRIMARY KEY, rule_id TEXT NOT NULL, version INTEGER NOT NULL, segment_id TEXT NOT NULL REFERENCES segments (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('alert', 'mark', 'shadow')), quotes TEXT NOT NULL CHECK (json_valid(quotes)),
  alert_id TEXT REFERENCES alerts (id), at INTEGER NOT NULL,
  FOREIGN KEY (rule_id, version) REFERENCES rule_versions (rule_id, version), UNIQUE (segment_id, rule_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_hits_rule ON rule_hits (rule_id, id);
CREATE INDEX rule_hits_alert ON rule_hits (alert_id) WHERE alert_id IS NOT NULL;
`,
};
