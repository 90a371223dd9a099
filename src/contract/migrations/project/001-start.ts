import { jobsTable1 } from '../jobs-table-1.ts'
import type { Migration } from '../migration.ts'

const sql = `
CREATE TABLE project (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE assets (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folder TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  -- linked: absolute; copied: relative to the project's folder
  path TEXT NOT NULL,
  storage TEXT NOT NULL,
  info TEXT NOT NULL,
  missing INTEGER NOT NULL DEFAULT 0,
  stars INTEGER NOT NULL DEFAULT 0,
  flag TEXT NOT NULL DEFAULT 'none',
  error TEXT,
  thumbnail TEXT,
  current_version TEXT NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX assets_by_position ON assets (position);

CREATE TABLE versions (
  id TEXT PRIMARY KEY,
  asset TEXT NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  recipe TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  -- last rendering: {key, thumbnail, figures, at}
  result TEXT,
  removed INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_asset ON versions (asset, position);

-- One row a gesture; what it did lies in its parts, one a document ('project', or the id of a version).
CREATE TABLE gestures (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  version TEXT,
  label TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE gesture_parts (
  seq INTEGER NOT NULL REFERENCES gestures (seq) ON DELETE CASCADE,
  document TEXT NOT NULL,
  forward TEXT NOT NULL,
  inverse TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (seq, document)
) STRICT;
CREATE INDEX gesture_parts_by_document ON gesture_parts (document, done, seq);
`

/** The first format of a project. */
export const start: Migration = { version: 1, name: 'start', up: (database) => database.exec(sql + jobsTable1) }
