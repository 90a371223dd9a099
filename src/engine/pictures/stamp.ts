import { readLabel, type Stamp } from './metadata/label.ts'
import { openPicture } from './open.ts'

/** The label of an earlier result of ours, read from its header; null for any other file, readable or not. */
export async function readStamp(path: string): Promise<Stamp | null> {
  try {
    const { blocks } = await openPicture(path)
    return blocks.xmp === null ? null : readLabel(blocks.xmp)
  } catch {
    return null
  }
}
