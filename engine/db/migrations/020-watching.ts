/**
 * Accounts that are followed, the cases they belong to, and what lives learn from them. `lives` is made anew because SQLite cannot loosen
 * a CHECK: kinds of sources and states of a capture are the contract's business (zod), and grow.
 */
export const watching = {
  name: '020-watching',
  rebuilds: true,
  sql: `
CREATE TABLE cases (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, purpose TEXT NOT NULL, legal_basis TEXT NOT NULL, expires_at INTEGER,
  glossary TEXT NOT NULL DEFAULT '[]', created_at INTEGER NOT NULL, closed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE watches (
  id TEXT PRIMARY KEY, profile_id TEXT NOT NULL REFERENCES profiles (id), platform TEXT NOT NULL,
  handle TEXT NOT NULL COLLATE NOCASE, url TEXT NOT NULL, display_name TEXT, case_id TEXT REFERENCES cases (id),
  policy TEXT NOT NULL CHECK (policy IN ('notify', 'transcribe', 'keep-audio')),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2), paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  language TEXT CHECK (language IN ('fr', 'en', 'auto')), model TEXT,
  state TEXT NOT NULL, reason TEXT NOT NULL, state_since INTEGER NOT NULL, followers INTEGER,
  live_id TEXT REFERENCES lives (id), room_id TEXT, ended_answers INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
  last_live_at INTEGER, last_check_at INTEGER, last_error TEXT, next_check_at INTEGER,
  created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX watches_once ON watches (profile_id, platform, handle) WHERE removed_at IS NULL;
CREATE INDEX watches_due ON watches (next_check_at) WHERE removed_at IS NULL AND paused = 0;

CREATE TABLE watch_followers (
  watch_id TEXT NOT NULL REFERENCES watches (id), at INTEGER NOT NULL, followers INTEGER NOT NULL, PRIMARY KEY (watch_id, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE lives_new (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, account TEXT, source TEXT NOT NULL,
  source_kind TEXT NOT NULL, source_label TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('en_cours', 'termine', 'interrompu')),
  outcome TEXT CHECK (outcome IN ('termine', 'interrompu')),
  capture_state TEXT NOT NULL,
  on_demand INTEGER CHECK (on_demand IN (0, 1)),
  started_at INTEGER NOT NULL, ended_at INTEGER, end_reason TEXT, end_error TEXT,
  language TEXT NOT NULL CHECK (language IN ('fr', 'en', 'auto')), model TEXT NOT NULL, pace TEXT,
  captured_ms INTEGER NOT NULL DEFAULT 0, source_ms INTEGER,
  segment_count INTEGER NOT NULL DEFAULT 0, open_count INTEGER NOT NULL DEFAULT 0 CHECK (open_count >= 0),
  gap_count INTEGER NOT NULL DEFAULT 0, alert_count INTEGER NOT NULL DEFAULT 0, max_score_bp INTEGER,
  watch_id TEXT REFERENCES watches (id), case_id TEXT REFERENCES cases (id),
  priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 0 AND 2), keep_audio INTEGER NOT NULL DEFAULT 1 CHECK (keep_audio IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO lives_new
  SELECT id, title, account, source, source_kind, source_label, state, outcome, capture_state, on_demand, started_at, ended_at, end_reason,
    end_error, language, model, pace, captured_ms, source_ms, segment_count, open_count, gap_count, alert_count, max_score_bp,
    NULL, NULL, 1, 1
  FROM lives;
DROP TABLE lives;
ALTER TABLE lives_new RENAME TO lives;
CREATE INDEX lives_state ON lives (state, id);
CREATE INDEX lives_watch ON lives (watch_id, id) WHERE watch_id IS NOT NULL;

CREATE TABLE live_figures (
  live_id TEXT NOT NULL REFERENCES lives (id), at INTEGER NOT NULL, viewers INTEGER, title TEXT, PRIMARY KEY (live_id, at)
) STRICT, WITHOUT ROWID;
`,
};
