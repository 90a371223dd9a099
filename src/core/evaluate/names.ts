/** Which picture belongs to which, by the names of files alone. Names are paths below a folder, with `/`. */

export interface NamePair {
  /** The truth's name. */
  readonly real: string
  readonly output: string
}

export interface Matching {
  readonly pairs: readonly NamePair[]
  readonly unmatched: { readonly real: readonly string[]; readonly output: readonly string[] }
}

const composed = (name: string): string => name.normalize('NFC')

/** `people/1.tif` → `people/1`. */
export function withoutEnding(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > name.lastIndexOf('/') + 1 ? name.slice(0, dot) : name
}

const plainOrder = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** Pairs files of the same name, then those that differ in the ending alone; each file belongs to one pair at most. */
export function matchNames(real: readonly string[], output: readonly string[]): Matching {
  const pairs: NamePair[] = []
  let left = real.toSorted(plainOrder)
  const free = new Set(output.toSorted(plainOrder))
  for (const key of [composed, (name: string) => withoutEnding(composed(name))]) {
    const byKey = new Map<string, string>()
    for (const name of free) if (!byKey.has(key(name))) byKey.set(key(name), name)
    left = left.filter((name) => {
      const partner = byKey.get(key(name))
      if (partner === undefined) return true
      byKey.delete(key(name))
      free.delete(partner)
      pairs.push({ real: name, output: partner })
      return false
    })
  }
  return { pairs: pairs.sort((a, b) => plainOrder(a.real, b.real)), unmatched: { real: left, output: [...free] } }
}

/** The first folder of a name; '' for a file at the top. */
export function categoryOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : ''
}

/** For each of these names the one that is the frame before it: the same folder, the number in the name one less. */
export function framesBefore(names: readonly string[]): Map<string, string> {
  const numbered = names.flatMap((name) => {
    const found = /(\d+)\D*$/.exec(withoutEnding(name).slice(name.lastIndexOf('/') + 1))
    return found ? [{ name, clip: name.slice(0, name.lastIndexOf('/') + 1), number: Number(found[1]) }] : []
  })
  const byPlace = new Map(numbered.map(({ name, clip, number }) => [`${clip}\0${number}`, name]))
  return new Map(numbered.flatMap(({ name, clip, number }) => {
    const before = byPlace.get(`${clip}\0${number - 1}`)
    return before === undefined ? [] : [[name, before] as const]
  }))
}

/** One line of a list of groups. */
export interface GroupRow {
  readonly name: string
  readonly group: string
}

/** Fields of one line of CSV, quotes and doubled quotes undone (RFC 4180). */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"')))
}

/** Rows of `name,group`; a first line of exactly these words is a head. Lines without two fields are left out and counted. */
export function readGroups(text: string): { rows: GroupRow[]; unread: number } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '')
  const rows = lines.map(fieldsOf).flatMap(([name = '', group = '']) => (name && group ? [{ name: composed(name).replaceAll('\\', '/'), group }] : []))
  const head = rows[0]?.name.toLowerCase() === 'name' && rows[0].group.toLowerCase() === 'group'
  return { rows: head ? rows.slice(1) : rows, unread: lines.length - rows.length }
}

/** Groups by the name that a list gives. */
export function groupsByName(rows: readonly GroupRow[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { name, group } of rows) groups.set(name, [...(groups.get(name) ?? []), group])
  return groups
}

/** What a list may call a picture: its path, with or without its ending, or its bare file name. */
export function namesOf(name: string): string[] {
  const own = composed(name)
  const file = own.slice(own.lastIndexOf('/') + 1)
  return [...new Set([own, withoutEnding(own), file, withoutEnding(file)])]
}
