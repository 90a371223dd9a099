import type { Host } from '../../contract/host.ts'
import type { GrantId } from '../../contract/ids.ts'

/** A file that was written, and the folder where it is; null: it came as a download. */
export interface Written {
  readonly name: string
  readonly folder: string | null
}

/**
 * Writes a file into a folder that is chosen, or, where the host cannot choose one, downloads it.
 * @param write without a folder the file waits to be downloaded
 * @returns null where no folder was chosen
 */
export async function writeWhereChosen(host: Host, write: (folder: GrantId | null) => Promise<{ readonly grant: GrantId; readonly name: string }>): Promise<Written | null> {
  const folder = host.pickTargetFolder ? await host.pickTargetFolder() : null
  if (host.pickTargetFolder && !folder) return null
  const { grant, name } = await write(folder?.grant ?? null)
  if (!folder) await host.download?.(grant, name)
  return { name, folder: folder?.name ?? null }
}
