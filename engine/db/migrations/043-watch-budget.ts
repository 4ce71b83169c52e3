/** What a platform was asked and whether it refuses, so that a restart neither bursts nor forgets a block. */
export const watchBudget = {
  name: '043-watch-budget',
  sql: `
CREATE TABLE platform_budgets (platform TEXT PRIMARY KEY, budget TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX watches_followed ON watches (profile_id, handle) WHERE removed_at IS NULL;
`,
};
