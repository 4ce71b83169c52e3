/** Everything the main job needs: a live, its sound and words, what was thought of them, and what people decided. */
export const foundation = {
  name: '010-foundation',
  sql: `
CREATE TABLE profiles (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE commands (
  id TEXT PRIMARY KEY, call TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL, answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE policies (hash TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE speech_models (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, worker TEXT NOT NULL, library TEXT NOT NULL,
  device TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (name, digest, worker, library, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE lives (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, account TEXT, source TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('file', 'stdin', 'url')), source_label TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('en_cours', 'termine', 'interrompu')),
  outcome TEXT CHECK (outcome IN ('termine', 'interrompu')),
  capture_state TEXT NOT NULL CHECK (capture_state IN ('starting', 'capturing', 'stalled', 'reconnecting', 'ended')),
  on_demand INTEGER CHECK (on_demand IN (0, 1)),
  started_at INTEGER NOT NULL, ended_at INTEGER, end_reason TEXT, end_error TEXT,
  language TEXT NOT NULL CHECK (language IN ('fr', 'en', 'auto')), model TEXT NOT NULL, pace TEXT,
  captured_ms INTEGER NOT NULL DEFAULT 0, source_ms INTEGER,
  segment_count INTEGER NOT NULL DEFAULT 0, open_count INTEGER NOT NULL DEFAULT 0 CHECK (open_count >= 0),
  gap_count INTEGER NOT NULL DEFAULT 0, alert_count INTEGER NOT NULL DEFAULT 0, max_score_bp INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX lives_state ON lives (state, id);

CREATE TABLE gaps (
  id TEXT PRIMARY KEY, live_id TEXT NOT NULL REFERENCES lives (id), start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  cause TEXT NOT NULL CHECK (cause IN ('crash', 'stall', 'network', 'source', 'disk', 'suspended', 'decoder')),
  at INTEGER NOT NULL, UNIQUE (live_id, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE segments (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, live_id TEXT NOT NULL REFERENCES lives (id),
  number INTEGER NOT NULL CHECK (number > 0), start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  state TEXT NOT NULL CHECK (state IN ('heard', 'written', 'silent', 'filtered', 'failed')),
  text TEXT NOT NULL DEFAULT '', language TEXT, words TEXT NOT NULL DEFAULT '[]', filtered TEXT NOT NULL DEFAULT '[]',
  no_speech_bp INTEGER, mean_log_prob_milli INTEGER, compression_ratio_milli INTEGER, speech_ms INTEGER,
  failure TEXT, speech_model_id TEXT REFERENCES speech_models (id), heard_at INTEGER NOT NULL, written_at INTEGER,
  UNIQUE (live_id, number), UNIQUE (live_id, start_ms)
) STRICT;
CREATE INDEX segments_open ON segments (heard_at) WHERE state = 'heard';
CREATE INDEX segments_open_by_live ON segments (live_id, start_ms) WHERE state = 'heard';

CREATE VIRTUAL TABLE segments_fts USING fts5 (
  text, content = 'segments', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO segments_fts (segments_fts, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER segments_fts_insert AFTER INSERT ON segments WHEN new.text <> '' BEGIN
  INSERT INTO segments_fts (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER segments_fts_update AFTER UPDATE OF text ON segments WHEN old.text <> new.text BEGIN
  INSERT INTO segments_fts (segments_fts, rowid, text) SELECT 'delete', old.row, old.text WHERE old.text <> '';
  INSERT INTO segments_fts (rowid, text) SELECT new.row, new.text WHERE new.text <> '';
END;
CREATE TRIGGER segments_fts_delete AFTER DELETE ON segments WHEN old.text <> '' BEGIN
  INSERT INTO segments_fts (segments_fts, rowid, text) VALUES ('delete', old.row, old.text);
END;

CREATE TABLE verdicts (
  id TEXT PRIMARY KEY, segment_id TEXT NOT NULL REFERENCES segments (id), engine TEXT NOT NULL, model TEXT NOT NULL,
  policy_version TEXT NOT NULL, policy_hash TEXT NOT NULL,
  category TEXT NOT NULL CHECK (category IN ('neutre', 'polemique', 'viral', 'haineux', 'a_verifier')),
  virality TEXT NOT NULL CHECK (virality IN ('faible', 'moyenne', 'forte')), hate INTEGER NOT NULL CHECK (hate IN (0, 1)),
  target TEXT CHECK (target IN ('ethnie', 'religion', 'individu', 'groupe_social', 'autre')), target_text TEXT,
  reasons TEXT NOT NULL, confidence_bp INTEGER, score_bp INTEGER NOT NULL CHECK (score_bp BETWEEN 0 AND 10000),
  terms TEXT NOT NULL, is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)), at INTEGER NOT NULL,
  UNIQUE (segment_id, engine, model, policy_hash)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX verdicts_current ON verdicts (segment_id) WHERE is_current = 1;

CREATE TABLE review_items (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('alert')), subject_id TEXT NOT NULL, lane_rank INTEGER NOT NULL,
  score_bp INTEGER NOT NULL, status TEXT NOT NULL CHECK (status IN ('pending', 'reviewed', 'action_taken', 'dismissed')),
  version INTEGER NOT NULL, created_at INTEGER NOT NULL, decided_at INTEGER, UNIQUE (kind, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_items_pending ON review_items (lane_rank, score_bp DESC, created_at, id) WHERE status = 'pending';
CREATE INDEX review_items_decided ON review_items (decided_at DESC, id DESC) WHERE status <> 'pending';

CREATE TABLE alerts (
  id TEXT PRIMARY KEY, live_id TEXT NOT NULL REFERENCES lives (id), segment_id TEXT NOT NULL UNIQUE REFERENCES segments (id),
  item_id TEXT NOT NULL UNIQUE REFERENCES review_items (id), lane TEXT NOT NULL CHECK (lane IN ('urgent', 'normal', 'low')),
  reasons TEXT NOT NULL, score_bp INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alerts_live ON alerts (live_id, id);

CREATE TABLE decisions (
  id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES review_items (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('dismiss', 'review', 'action', 'undo')),
  undoes TEXT UNIQUE REFERENCES decisions (id), reason TEXT, note TEXT, statement TEXT,
  stop_capture INTEGER NOT NULL CHECK (stop_capture IN (0, 1)), by_id TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL,
  CHECK ((verdict = 'undo') = (undoes IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_item ON decisions (item_id, id);
CREATE TRIGGER decisions_append_only_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_append_only_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

CREATE TABLE effects (
  id TEXT PRIMARY KEY, decision_id TEXT NOT NULL REFERENCES decisions (id), kind TEXT NOT NULL CHECK (kind IN ('stop-capture')),
  subject_id TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled', 'given_up')),
  due_at INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX effects_decision ON effects (decision_id);

CREATE TABLE facts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
  subject_id TEXT NOT NULL, data TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER facts_append_only_update BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER facts_append_only_delete BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

CREATE TABLE jobs (
  row INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'done', 'dead')), lane INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, interruptions INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
  lease_until INTEGER, created_at INTEGER NOT NULL, finished_at INTEGER, failure TEXT
) STRICT;
CREATE INDEX jobs_next ON jobs (kind, lane, row) WHERE state = 'waiting';
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'waiting';
CREATE INDEX jobs_active ON jobs (kind) WHERE state = 'active';

CREATE TABLE exports (
  id TEXT PRIMARY KEY, live_id TEXT NOT NULL REFERENCES lives (id),
  format TEXT NOT NULL CHECK (format IN ('pdf', 'srt', 'vtt', 'csv', 'json', 'txt')),
  locale TEXT NOT NULL CHECK (locale IN ('fr', 'en')), time_zone TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')), file_name TEXT NOT NULL,
  path TEXT NOT NULL, size_bytes INTEGER, sha256 TEXT, problem TEXT, by_id TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX exports_live ON exports (live_id, id);
`,
};
