import type { HourglassError } from '../../contract/errors.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { fault, worded } from '../../core/texts/wording.ts'

type Key = string | number
type Container = Record<string, unknown> | unknown[]

/** What `applyPatches` answers: the changed document, and the patches that lead back to the one given. */
export interface Applied<Document> {
  readonly document: Document
  readonly inverse: RecipePatch[]
}

const refuse = (path: readonly Key[], why: Wording): HourglassError => fault('bad-input', 'fault.changeDoesNotFit', 'remedy.reloadAndTry', { place: path.join('/'), why })

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** The member of a container, own members only, so that no path reaches a prototype. */
function member(container: Container, key: Key): unknown {
  if (Array.isArray(container)) return typeof key === 'number' ? container[key] : undefined
  return Object.hasOwn(container, key) ? container[key] : undefined
}

function has(container: Container, key: Key): boolean {
  if (Array.isArray(container)) return typeof key === 'number' && key < container.length
  return Object.hasOwn(container, key)
}

/** A copy of one level, and the next level, and so on to `path`; everything beside the path is shared. */
function copyAlong(document: Container, path: readonly Key[]): { root: Container; parent: Container; key: Key } {
  const last = path.at(-1)
  if (last === undefined) throw refuse(path, worded('fault.why.noPlace'))
  const root: Container = Array.isArray(document) ? [...document] : { ...document }
  let parent = root
  for (const key of path.slice(0, -1)) {
    const next = member(parent, key)
    if (!isContainer(next)) throw refuse(path, worded('fault.why.nothingAt', { place: key }))
    const copy: Container = Array.isArray(next) ? [...next] : { ...next }
    write(parent, key, copy, path)
    parent = copy
  }
  return { root, parent, key: last }
}

function write(container: Container, key: Key, value: unknown, path: readonly Key[]): void {
  if (Array.isArray(container)) {
    if (typeof key !== 'number') throw refuse(path, worded('fault.why.noListPlace', { place: key }))
    container[key] = value
  } else {
    if (key === '__proto__') throw refuse(path, worded('fault.why.nameForbidden'))
    container[String(key)] = value
  }
}

function applyOne(document: Container, patch: RecipePatch): { root: Container; inverse: RecipePatch } {
  const { path, op } = patch
  const { root, parent, key } = copyAlong(document, path)
  const before = member(parent, key)
  const existed = has(parent, key)

  if (op === 'remove' || patch.value === undefined) {
    if (!existed) throw refuse(path, worded('fault.why.nothingToRemove'))
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[String(key)]
    return { root, inverse: { op: 'add', path, value: before } }
  }
  if (op === 'add' && Array.isArray(parent)) {
    if (typeof key !== 'number' || key > parent.length) throw refuse(path, worded('fault.why.listTooShort'))
    parent.splice(key, 0, patch.value)
    return { root, inverse: { op: 'remove', path } }
  }
  if (Array.isArray(parent) && !existed) throw refuse(path, worded('fault.why.listTooShort'))
  write(parent, key, patch.value, path)
  return { root, inverse: existed ? { op: 'replace', path, value: before } : { op: 'remove', path } }
}

/**
 * Applies patches in order. `add` into a list inserts (at its length: appends), everywhere else it sets;
 * `replace` of a missing name sets it; a patch without a value removes. The document given is not changed:
 * everything along the paths is copied, the rest is shared.
 *
 * @throws HourglassError `bad-input` where a path leads nowhere; nothing is applied then.
 */
export function applyPatches<Document extends object>(document: Document, patches: readonly RecipePatch[]): Applied<Document> {
  let current = document as Container
  const inverse: RecipePatch[] = []
  for (const patch of patches) {
    const applied = applyOne(current, patch)
    current = applied.root
    inverse.unshift(applied.inverse)
  }
  return { document: current as Document, inverse }
}
