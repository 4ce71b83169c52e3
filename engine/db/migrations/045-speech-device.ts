/** By which card or processor a text was written down; the table is made anew because the name belongs to what makes a row unique. */
export const speechDevice = {
  name: '045-speech-device',
  rebuilds: true,
  sql: `
CREATE TABLE speech_models_new (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, worker TEXT NOT NULL, library TEXT NOT NULL,
  device TEXT NOT NULL, device_name TEXT NOT NULL, at INTEGER NOT NULL,
  UNIQUE (name, digest, worker, library, device, device_name)
) STRICT, WITHOUT ROWID;
INSERT INTO speech_models_new SELECT id, name, digest, worker, library, device, '', at FROM speech_models;
DROP TABLE speech_models;
ALTER TABLE speech_models_new RENAME TO speech_models;
`,
};
