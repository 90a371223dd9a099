import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { HourglassError } from '../../contract/errors.ts'
import type { Migration, MigrationDatabase } from '../../contract/migrations/migration.ts'
import type { TextValue } from '../../contract/texts.ts'
import { fault } from '../../core/texts/wording.ts'

export type Row = Record<string, unknown>

/** One SQLite file with the few ways the studio uses it. Statements are compiled once. */
export interface Database {
  all(sql: string, ...values: SQLInputValue[]): Row[]
  get(sql: string, ...values: SQLInputValue[]): Row | undefined
  run(sql: string, ...values: SQLInputValue[]): void
  /** All or nothing; nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result
  close(): void
}

function migrate(file: DatabaseSync, migrations: readonly Migration[], what: TextValue): void {
  const newest = migrations.at(-1)?.version ?? 0
  const { user_version: found } = file.prepare('PRAGMA user_version').get() as { user_version: number }
  if (found > newest) {
    throw fault('unsupported', 'fault.madeByNewer', 'remedy.updateThenOpen', { what, found, newest })
  }
  const database: MigrationDatabase = {
    exec: (sql) => file.exec(sql),
    all: (sql) => file.prepare(sql).all(),
    run: (sql, ...values) => void file.prepare(sql).run(...values),
  }
  for (const migration of migrations) {
    if (migration.version <= found) continue
    file.exec('BEGIN IMMEDIATE')
    try {
      migration.up(database)
      file.exec(`PRAGMA user_version = ${migration.version}; COMMIT`)
    } catch (error) {
      file.exec('ROLLBACK')
      throw error
    }
  }
}

/**
 * Opens (or makes) a SQLite file and lifts it to today's format. Write-ahead log with `synchronous=NORMAL`: a
 * committed gesture survives the end of this process, however it comes.
 *
 * @param what names the thing to people, e.g. the project "Family".
 * @throws HourglassError `unsupported` for a newer format, `bad-input` for a file that is no database.
 */
export function openDatabase(path: string, migrations: readonly Migration[], what: TextValue): Database {
  let file: DatabaseSync | null = null
  try {
    file = new DatabaseSync(path, { timeout: 2000, enableForeignKeyConstraints: true })
    file.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    migrate(file, migrations, what)
  } catch (error) {
    file?.close()
    if (error instanceof HourglassError) throw error
    throw fault('bad-input', 'fault.databaseDamaged', 'remedy.restoreOrNew', { what, path }, { cause: error })
  }
  return wrap(file, path)
}

/** Result codes of SQLite: https://www.sqlite.org/rescode.html */
const full = 13
const readOnly = 8

/** A disk that is full or closed to writing, in the product's words; everything else as it is. */
function failure(error: unknown, path: string): unknown {
  const code = (error as { errcode?: number }).errcode ?? 0
  // The low byte is the primary code; the rest refines it.
  if ((code & 0xff) === full) return fault('no-space', 'fault.noSpaceToSave', 'remedy.roomNothingLost', { path }, { cause: error })
  if ((code & 0xff) === readOnly) return fault('not-writable', 'fault.notWritable', 'remedy.allowOrCopyProject', { path }, { cause: error })
  return error
}

function wrap(file: DatabaseSync, path: string): Database {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (error) {
      throw failure(error, path)
    }
  }
  const prepare = (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = file.prepare(sql)))
    return statement
  }
  let depth = 0
  return {
    all: (sql, ...values) => attempt(() => prepare(sql).all(...values)),
    get: (sql, ...values) => attempt(() => prepare(sql).get(...values)),
    run: (sql, ...values) => attempt(() => void prepare(sql).run(...values)),
    transaction(work) {
      if (depth > 0) return work()
      attempt(() => file.exec('BEGIN IMMEDIATE'))
      depth++
      try {
        const result = work()
        file.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite has rolled back by itself after some failures.
        if (file.isTransaction) file.exec('ROLLBACK')
        throw failure(error, path)
      } finally {
        depth--
      }
    },
    close: () => {
      statements.clear()
      file.close()
    },
  }
}
