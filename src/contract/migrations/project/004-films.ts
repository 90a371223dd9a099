import type { Migration } from '../migration.ts'

const sql = `
-- Films written of a clip: where they lie, and what they kept of their source.
CREATE TABLE films (
  id TEXT PRIMARY KEY,
  asset TEXT NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  facts TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX films_by_asset ON films (asset, at);
`

/** Film: what was written of a clip. */
export const films: Migration = { version: 4, name: 'films', up: (database) => database.exec(sql) }
