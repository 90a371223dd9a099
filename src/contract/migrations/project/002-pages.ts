import type { Migration } from '../migration.ts'

const sql = `
-- The colorist's word on a page: todo, draft, done; and a note.
ALTER TABLE assets ADD COLUMN page_state TEXT NOT NULL DEFAULT 'todo';
ALTER TABLE assets ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- One row: the project's palette as JSON, changed by patches like a recipe.
CREATE TABLE palette (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  document TEXT NOT NULL
) STRICT;
INSERT INTO palette (id, document) VALUES (1, '{"swatches":[],"scenes":[]}');
`

/** Pages: their state and note, and a palette of the project. */
export const pages: Migration = { version: 2, name: 'pages', up: (database) => database.exec(sql) }
