/**
 * Sound that was erased on purpose. A line is `decided` before anything is erased and `done` when it is, so that a crash in between is
 * finished, not forgotten. What is missing for any other reason is a gap, never a drop.
 */
export const soundDrops = {
  name: '053-sound-drops',
  sql: `
CREATE TABLE sound_drops (
  id TEXT PRIMARY KEY, live_id TEXT NOT NULL REFERENCES lives (id), start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms), state TEXT NOT NULL CHECK (state IN ('decided', 'done')),
  after_ms INTEGER NOT NULL, decided_at INTEGER NOT NULL, done_at INTEGER, UNIQUE (live_id, start_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX sound_drops_open ON sound_drops (live_id, start_ms) WHERE state = 'decided';
ALTER TABLE lives ADD COLUMN sound_dropped_at INTEGER;
CREATE INDEX lives_sound ON lives (ended_at) WHERE keep_audio = 0 AND sound_dropped_at IS NULL;
`,
};
