import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { gestureId, versionId, type GestureId, type VersionId } from '../../contract/ids.ts'
import { recipePatch, type RecipePatch } from '../../contract/recipe.ts'
import { wording, type Wording } from '../../contract/texts.ts'
import type { Gesture } from '../../contract/versions.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Database, Row } from '../storage/database.ts'
import type { Documents, Touched } from './documents.ts'

/** The documents that are stepped through together, a version's own or a page's with its palette; null: everything in the project. */
export type HistoryScope = readonly string[] | null

const partRow = z.object({ seq: z.number(), document: z.string(), forward: z.string(), inverse: z.string() })
const patches = z.array(recipePatch)
const places = (scope: readonly string[]): string => scope.map(() => '?').join(', ')

/** One document's share of a gesture. */
export interface Change {
  readonly document: string
  readonly patches: readonly RecipePatch[]
}

/**
 * Gestures and their parts. In every document the parts that are done come before those that are not; a new change
 * of a document drops its undone parts. So a version can be stepped back alone, although a paste touched many.
 * Every method runs inside the caller's transaction.
 */
export class History {
  #database: Database
  #documents: Documents

  constructor(database: Database, documents: Documents) {
    this.#database = database
    this.#documents = documents
  }

  /** Applies a gesture and records it with its inverse. What was undone in its documents, and in those of `scope`, is dropped. */
  record(version: VersionId | null, label: Wording, changes: readonly Change[], touched: Touched, scope: readonly string[] = []): GestureId {
    const id = gestureId.parse(randomUUID())
    for (const document of new Set([...changes.map((change) => change.document), ...scope])) this.#database.run('DELETE FROM gesture_parts WHERE document = ? AND done = 0', document)
    this.#database.run('DELETE FROM gestures WHERE NOT EXISTS (SELECT 1 FROM gesture_parts p WHERE p.seq = gestures.seq)')
    this.#database.run('INSERT INTO gestures (id, version, label, at) VALUES (?, ?, ?, ?)', id, version, JSON.stringify(label), new Date().toISOString())
    const { seq } = this.#database.get('SELECT seq FROM gestures WHERE id = ?', id) as { seq: number }
    for (const { document, patches: forward } of changes) {
      const inverse = this.#documents.apply(document, forward, touched)
      this.#database.run('INSERT INTO gesture_parts (seq, document, forward, inverse) VALUES (?, ?, ?, ?)', seq, document, JSON.stringify(forward), JSON.stringify(inverse))
    }
    return id
  }

  list(scope: HistoryScope, limit: number): Gesture[] {
    const rows =
      scope === null
        ? this.#database.all(
            'SELECT g.*, (SELECT max(p.done) FROM gesture_parts p WHERE p.seq = g.seq) AS done FROM gestures g ORDER BY g.seq DESC LIMIT ?',
            limit,
          )
        : this.#database.all(
            `SELECT g.*, max(p.done) AS done FROM gestures g JOIN gesture_parts p ON p.seq = g.seq WHERE p.document IN (${places(scope)}) GROUP BY g.seq ORDER BY g.seq DESC LIMIT ?`,
            ...scope,
            limit,
          )
    return rows.map(readGesture)
  }

  can(scope: HistoryScope): { undo: boolean; redo: boolean } {
    return { undo: this.#edge(scope, 1) !== null, redo: this.#edge(scope, 0) !== null }
  }

  /** The newest gesture that is done, or the oldest that is undone. */
  #edge(scope: HistoryScope, done: 0 | 1): number | null {
    const pick = done ? 'max' : 'min'
    const row =
      scope === null
        ? this.#database.get(`SELECT ${pick}(seq) AS seq FROM gesture_parts WHERE done = ?`, done)
        : this.#database.get(`SELECT ${pick}(seq) AS seq FROM gesture_parts WHERE done = ? AND document IN (${places(scope)})`, done, ...scope)
    return typeof row?.['seq'] === 'number' ? row['seq'] : null
  }

  /** Steps back once. In a version's scope only its own part of a gesture is taken back. null: nothing to undo. */
  undo(scope: HistoryScope, touched: Touched): Gesture | null {
    return this.#step(scope, 1, touched)
  }

  redo(scope: HistoryScope, touched: Touched): Gesture | null {
    return this.#step(scope, 0, touched)
  }

  #step(scope: HistoryScope, from: 0 | 1, touched: Touched): Gesture | null {
    const seq = this.#edge(scope, from)
    if (seq === null) return null
    const rows =
      scope === null
        ? this.#database.all('SELECT * FROM gesture_parts WHERE seq = ? AND done = ?', seq, from)
        : this.#database.all(`SELECT * FROM gesture_parts WHERE seq = ? AND done = ? AND document IN (${places(scope)})`, seq, from, ...scope)
    for (const row of rows) {
      const part = partRow.parse(row)
      const applied = patches.parse(JSON.parse(from ? part.inverse : part.forward))
      this.#documents.apply(part.document, applied, touched)
      this.#database.run('UPDATE gesture_parts SET done = ? WHERE seq = ? AND document = ?', from ? 0 : 1, part.seq, part.document)
    }
    const gesture = this.#database.get('SELECT g.*, ? AS done FROM gestures g WHERE seq = ?', from ? 0 : 1, seq)
    return gesture ? readGesture(gesture) : null
  }

  /** Steps until `gesture` is the newest one done; null steps back to the start. */
  goTo(scope: HistoryScope, gesture: GestureId | null, touched: Touched): void {
    const target = gesture === null ? 0 : this.#seqOf(scope, gesture)
    for (let edge = this.#edge(scope, 1); edge !== null && edge > target; edge = this.#edge(scope, 1)) this.undo(scope, touched)
    for (let edge = this.#edge(scope, 0); edge !== null && edge <= target; edge = this.#edge(scope, 0)) this.redo(scope, touched)
  }

  #seqOf(scope: HistoryScope, gesture: GestureId): number {
    const row =
      scope === null
        ? this.#database.get('SELECT seq FROM gestures WHERE id = ?', gesture)
        : this.#database.get(`SELECT g.seq AS seq FROM gestures g JOIN gesture_parts p ON p.seq = g.seq WHERE g.id = ? AND p.document IN (${places(scope)})`, gesture, ...scope)
    if (typeof row?.['seq'] !== 'number') throw fault('bad-input', 'fault.historyStepGone', 'remedy.reload')
    return row['seq']
  }
}

const gestureRow = z.object({ id: gestureId, version: versionId.nullable(), label: z.string(), at: z.string(), done: z.number() })

function readGesture(row: Row): Gesture {
  const { label, done, ...plain } = gestureRow.parse(row)
  return { ...plain, label: wording.parse(JSON.parse(label)), done: done !== 0 }
}
