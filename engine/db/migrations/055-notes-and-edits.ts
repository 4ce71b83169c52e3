/**
 * What people add to a transcript: notes on a moment, and their own reading of a segment's text. The text as the recogniser wrote it stays
 * where it was. `edits_fts` holds the edit in force of a segment, by the segment's row.
 */
export const notesAndEdits = {
  name: '055-notes-and-edits',
  sql: `
CREATE TABLE notes (
  id TEXT PRIMARY KEY, live_id TEXT NOT NULL REFERENCES lives (id), at_ms INTEGER NOT NULL CHECK (at_ms >= 0), text TEXT NOT NULL,
  by_id TEXT NOT NULL REFERENCES profiles (id), version INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_live ON notes (live_id, at_ms) WHERE removed_at IS NULL;

CREATE TABLE segment_edits (
  id TEXT PRIMARY KEY, segment_id TEXT NOT NULL REFERENCES segments (id), version INTEGER NOT NULL CHECK (version > 0), text TEXT,
  by_id TEXT NOT NULL REFERENCES profiles (id), is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)), at INTEGER NOT NULL,
  UNIQUE (segment_id, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX segment_edits_current ON segment_edits (segment_id) WHERE is_current = 1;

CREATE VIRTUAL TABLE edits_fts USING fts5 (text, tokenize = "unicode61 remove_diacritics 2");
INSERT INTO edits_fts (edits_fts, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER edits_fts_delete AFTER DELETE ON segments BEGIN
  DELETE FROM edits_fts WHERE rowid = old.row;
END;
`,
};
