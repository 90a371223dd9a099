import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Granted } from '../../contract/host.ts'
import { grantId, type GrantId } from '../../contract/ids.ts'
import { fault } from '../../core/texts/wording.ts'

/** linked: the user's own file, left where it is; uploaded: a file the host received, which the studio may move. */
export type GrantOwnership = 'linked' | 'uploaded'

export interface GrantOptions {
  /** The studio may write into this folder. */
  readonly write?: boolean
  readonly ownership?: GrantOwnership
  /** What people call it, where that is not its file name (an upload). */
  readonly name?: string
}

export interface Grant {
  readonly path: string
  readonly name: string
  readonly isFolder: boolean
  readonly write: boolean
  readonly ownership: GrantOwnership
}

/**
 * Permissions for files and folders. Only hosts give them, for what a person chose; a page only ever holds the
 * random id. They live as long as the studio runs.
 */
export class Grants {
  #byId = new Map<GrantId, Grant>()
  #ids = new Map<string, GrantId>()

  /** The same path with the same rights keeps its id. */
  give(path: string, options: GrantOptions = {}): Granted {
    const full = resolve(path)
    const grant: Grant = {
      path: full,
      name: options.name ?? basename(full),
      isFolder: statSync(full, { throwIfNoEntry: false })?.isDirectory() ?? false,
      write: options.write ?? false,
      ownership: options.ownership ?? 'linked',
    }
    const key = JSON.stringify(grant)
    let id = this.#ids.get(key)
    if (!id) {
      id = grantId.parse(randomUUID())
      this.#ids.set(key, id)
      this.#byId.set(id, grant)
    }
    return { grant: id, name: grant.name, isFolder: grant.isFolder }
  }

  /**
   * What an id stands for.
   * @throws HourglassError `bad-input` for an id that was never given, or given by an earlier run.
   */
  resolve(id: GrantId): Grant {
    const grant = this.#byId.get(id)
    if (!grant) throw fault('bad-input', 'fault.notHandedOver', 'remedy.chooseAgain')
    return grant
  }

  /** A folder that may be written into. */
  resolveTarget(id: GrantId): Grant {
    const grant = this.resolve(id)
    if (!grant.isFolder) throw fault('bad-input', 'fault.isNoFolder', 'remedy.chooseFolder', { file: grant.name })
    if (!grant.write) throw fault('not-writable', 'fault.readOnlyGrant', 'remedy.chooseToWrite', { folder: grant.name })
    return grant
  }
}
