import type { Migration } from '../migration.ts'

const sql = `
-- The project's edit: parts of its clips one after another, as JSON, changed by patches like a recipe.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  document TEXT NOT NULL
) STRICT;
-- A film may be one of the edit, not of a clip: asset is null then. No constraint can be taken off a column, so the table is made anew.
CREATE TABLE films_anew (
  id TEXT PRIMARY KEY,
  asset TEXT REFERENCES assets (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  facts TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
INSERT INTO films_anew SELECT id, asset, path, facts, at FROM films;
DROP TABLE films;
ALTER TABLE films_anew RENAME TO films;
CREATE INDEX films_by_asset ON films (asset, at);
`

/** Film: the edit of a project, and the films of it. */
export const edit: Migration = { version: 7, name: 'edit', up: (database) => database.exec(sql) }
