/** Photoshop image resources: the box that IPTC travels in (Adobe Photoshop File Formats, Image Resources). */
interface Resource {
  id: number
  /** From its 8BIM mark to its padding. */
  whole: Buffer
  data: Buffer
}

const iptcId = 0x0404
/** Thumbnails, old and new kind. */
const thumbnailIds = new Set([0x0409, 0x040c])

function resourcesOf(block: Buffer): Resource[] {
  const resources: Resource[] = []
  let at = 0
  while (at + 12 <= block.length && block.toString('latin1', at, at + 4) === '8BIM') {
    const nameBytes = 1 + (block[at + 6] as number)
    const sizeAt = at + 6 + nameBytes + (nameBytes & 1)
    if (sizeAt + 4 > block.length) break
    const size = block.readUInt32BE(sizeAt)
    const end = sizeAt + 4 + size
    if (end > block.length) break
    resources.push({ id: block.readUInt16BE(at + 4), whole: block.subarray(at, Math.min(block.length, end + (size & 1))), data: block.subarray(sizeAt + 4, end) })
    at = end + (size & 1)
  }
  return resources
}

/** The IPTC record among the resources, or null. */
export const iptcOf = (block: Buffer): Buffer | null => resourcesOf(block).find(({ id }) => id === iptcId)?.data ?? null

/** The resources without thumbnails of the old picture. */
export const withoutThumbnails = (block: Buffer): Buffer => Buffer.concat(resourcesOf(block).filter(({ id }) => !thumbnailIds.has(id)).map(({ whole }) => whole))

/** A bare IPTC record as a block of resources. */
export function resourcesWithIptc(iptc: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.write('8BIM', 'latin1')
  head.writeUInt16BE(iptcId, 4)
  head.writeUInt32BE(iptc.length, 8)
  return Buffer.concat([head, iptc, Buffer.alloc(iptc.length & 1)])
}
