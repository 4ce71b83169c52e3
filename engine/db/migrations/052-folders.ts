/**
 * Folders whose new recordings are transcribed, and every recording that was seen there. A recording is known by path, size and time of
 * change, and by its content (`digest`), so that a renamed one is not transcribed again; `heard` and `failed` once per content. Nothing of
 * it goes when a folder is removed or its drive is taken out: coming back must not transcribe anything twice.
 */
export const folders = {
  name: '052-folders',
  sql: `
CREATE TABLE folders (
  id TEXT PRIMARY KEY, profile_id TEXT NOT NULL REFERENCES profiles (id), path TEXT NOT NULL, real_path TEXT NOT NULL,
  recursive INTEGER NOT NULL CHECK (recursive IN (0, 1)), earlier TEXT NOT NULL CHECK (earlier IN ('ignore', 'transcribe')),
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)), case_id TEXT REFERENCES cases (id),
  language TEXT CHECK (language IN ('fr', 'en', 'auto')), model TEXT, keep_audio INTEGER NOT NULL CHECK (keep_audio IN (0, 1)),
  state TEXT NOT NULL, state_since INTEGER NOT NULL, problem TEXT, inventoried_at INTEGER, looked_at INTEGER,
  created_at INTEGER NOT NULL, removed_at INTEGER, UNIQUE (profile_id, real_path)
) STRICT, WITHOUT ROWID;

CREATE TABLE folder_files (
  id TEXT PRIMARY KEY, folder_id TEXT NOT NULL REFERENCES folders (id), path TEXT NOT NULL, size_bytes INTEGER NOT NULL,
  changed_at INTEGER NOT NULL, digest TEXT, state TEXT NOT NULL CHECK (state IN ('earlier', 'begun', 'same', 'failed')),
  live_id TEXT REFERENCES lives (id), problem TEXT, at INTEGER NOT NULL, UNIQUE (folder_id, path, size_bytes, changed_at)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX folder_files_once ON folder_files (folder_id, digest) WHERE state = 'begun';
CREATE INDEX folder_files_live ON folder_files (live_id) WHERE live_id IS NOT NULL;
CREATE INDEX folder_files_newest ON folder_files (folder_id, at) WHERE state <> 'earlier';
`,
};
