import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { film } from '../../contract/coloring.ts'
import { assetId, filmId, type AssetId, type FilmId } from '../../contract/ids.ts'
import { fault } from '../../core/texts/wording.ts'
import { readColumn } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database, Row } from '../storage/database.ts'

const columns = z.object({ id: filmId, asset: assetId.nullable(), path: z.string(), at: z.string() })
const facts = film.omit({ id: true, asset: true, at: true, file: true })

/** A film as the studio knows it: with the path no page ever sees. */
export type FilmRecord = z.infer<typeof columns> & z.infer<typeof facts>

/** The films that were written of the clips of one project, and of its edit. */
export class FilmStore {
  #database: Database
  #log: Log

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  #read(row: Row): FilmRecord[] {
    const { id, asset, path, at } = columns.parse(row)
    const known = readColumn(facts, row['facts'], `What is known of film ${id}`, this.#log)
    return known ? [{ id, asset, path, at, ...known }] : []
  }

  /** Newest first. @param asset null: those of the edit */
  listOf(asset: AssetId | null): FilmRecord[] {
    return this.#database.all('SELECT * FROM films WHERE asset IS ? ORDER BY at DESC', asset).flatMap((row) => this.#read(row))
  }

  /** @throws HourglassError `bad-input` where there is none. */
  require(id: FilmId): FilmRecord {
    const found = this.#database.all('SELECT * FROM films WHERE id = ?', id).flatMap((row) => this.#read(row))[0]
    if (!found) throw fault('bad-input', 'fault.notInProject', 'remedy.reload')
    return found
  }

  /** Writes down that a film was written; one that stood in the same place is no more. */
  insert({ asset, path, ...known }: Omit<FilmRecord, 'id' | 'at'>): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM films WHERE asset IS ? AND path = ?', asset, path)
      this.#database.run('INSERT INTO films (id, asset, path, facts, at) VALUES (?, ?, ?, ?, ?)', randomUUID(), asset, path, JSON.stringify(known), new Date().toISOString())
    })
  }
}
