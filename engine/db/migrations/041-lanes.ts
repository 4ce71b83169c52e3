/**
 * Which sound is written down next. A live's line in `live_lanes` is made when somebody or something changes its turn; without one it has
 * the defaults. `segments.lane`: 0 live, 1 backfill, kept as it was when the words came. `window_ms` is the length of the window in which
 * a segment was heard, `processing_ms` its share of the time that took: capacity is computed from them.
 */
export const lanes = {
  name: '041-lanes',
  sql: `
CREATE TABLE live_lanes (
  live_id TEXT PRIMARY KEY REFERENCES lives (id),
  lane INTEGER NOT NULL DEFAULT 0 CHECK (lane IN (0, 1)),
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  in_order INTEGER NOT NULL DEFAULT 0 CHECK (in_order IN (0, 1)),
  lighter_model TEXT, behind_since INTEGER
) STRICT, WITHOUT ROWID;

ALTER TABLE segments ADD COLUMN lane INTEGER NOT NULL DEFAULT 0 CHECK (lane IN (0, 1));
ALTER TABLE segments ADD COLUMN processing_ms INTEGER;
ALTER TABLE segments ADD COLUMN window_ms INTEGER;
CREATE INDEX segments_waiting ON segments (live_id, lane, number) WHERE state = 'heard';
CREATE INDEX segments_timed ON segments (speech_model_id, row) WHERE processing_ms IS NOT NULL;
CREATE INDEX lives_waiting ON lives (id) WHERE open_count > 0;
`,
};
