/** Pages that are packed at the end lie beside their archive until then, so that a run that was stopped goes on. */
import { appendFile, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { makeFolder } from '../colorize/batch.ts'
import { takeLock } from '../../studio/storage/lock.ts'

export interface Staging {
  /** Whether a page stands there whole and is the work of this stamp. */
  holds(path: string, stamp: string): Promise<boolean>
  /** Notes that a page is whole, and whether a network gave it colours. */
  note(path: string, stamp: string, network: boolean): Promise<void>
  usedNetwork(path: string): boolean
  /** Lets go of the folder; `keep` leaves it for the next run. */
  close(keep: boolean): Promise<void>
}

interface Entry {
  readonly stamp: string
  readonly network: boolean
}

/** Lines of `stamp network path`, as far as a killed run wrote them whole. */
async function readJournal(file: string): Promise<Map<string, Entry>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n').slice(0, -1)
  return new Map(lines.map((line) => {
    const [stamp = '', network, ...path] = line.split(' ')
    return [path.join(' '), { stamp, network: network === '1' }]
  }))
}

/** Where pages lie until they are packed. */
export const stagedPages = (output: string): string => join(stagingOf(output), 'pages')
const stagingOf = (output: string): string => join(dirname(output), `.${basename(output)}.part`)

/**
 * The folder `.NAME.part` beside an archive that is to be written, new or as a stopped run left it.
 * @throws HourglassError `locked` where another run packs the same archive
 */
export async function openStaging(output: string): Promise<Staging> {
  const folder = stagingOf(output)
  await makeFolder(folder)
  const lock = takeLock(join(folder, 'lock'), `“${output}”`)
  const journal = join(folder, 'journal')
  const noted = await readJournal(journal)
  const keyOf = (path: string): string => relative(folder, path).replaceAll('\\', '/')
  return {
    async holds(path, stamp) {
      return noted.get(keyOf(path))?.stamp === stamp && ((await stat(path).catch(() => null))?.isFile() ?? false)
    },
    async note(path, stamp, network) {
      noted.set(keyOf(path), { stamp, network })
      await appendFile(journal, `${stamp} ${network ? 1 : 0} ${keyOf(path)}\n`)
    },
    usedNetwork: (path) => noted.get(keyOf(path))?.network ?? false,
    async close(keep) {
      lock.release()
      if (!keep || noted.size === 0) await rm(folder, { recursive: true, force: true })
    },
  }
}
