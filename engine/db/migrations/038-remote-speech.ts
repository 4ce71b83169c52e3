/** Sound that left this laptop to be written down, and the consent it needs. */
export const remoteSpeech = {
  name: '038-remote-speech',
  sql: `
ALTER TABLE cases ADD COLUMN remote_speech INTEGER NOT NULL DEFAULT 0 CHECK (remote_speech IN (0, 1));
CREATE TABLE speech_calls (
  id TEXT PRIMARY KEY, live_id TEXT NOT NULL REFERENCES lives (id), host TEXT NOT NULL, model TEXT NOT NULL,
  sound_ms INTEGER NOT NULL CHECK (sound_ms > 0), outcome TEXT NOT NULL, took_ms INTEGER, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX speech_calls_at ON speech_calls (at);
`,
};
