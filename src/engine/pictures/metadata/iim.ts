/** One dataset of an IPTC Information Interchange Model block (IIM 4.2, chapter 3). */
export interface Dataset {
  record: number
  number: number
  data: Buffer
}

export interface Iim {
  datasets: Dataset[]
  /** The block ends inside a dataset, or goes on with something that is none. */
  damaged: boolean
}

const marker = 0x1c
/** From here on a length is that of the length itself (IIM 1.6.3, extended datasets). */
const extended = 0x8000

/** The datasets of a block, in their order, as far as it can be read. Zeros at its end are padding. */
export function readIim(block: Buffer): Iim {
  const datasets: Dataset[] = []
  let at = 0
  while (at + 5 <= block.length && block[at] === marker) {
    const announced = block.readUInt16BE(at + 3)
    let start = at + 5
    let size = announced
    if (announced >= extended) {
      const width = announced - extended
      if (width < 1 || width > 4 || start + width > block.length) break
      size = block.readUIntBE(start, width)
      start += width
    }
    if (start + size > block.length) break
    datasets.push({ record: block[at + 1] as number, number: block[at + 2] as number, data: block.subarray(start, start + size) })
    at = start + size
  }
  return { datasets, damaged: block.subarray(at).some((byte) => byte !== 0) }
}

/** 1:90 with ISO 2022's mark of UTF-8. */
const utf8Mark = Buffer.from('\x1b%G', 'latin1')

/**
 * How the texts of a block are decoded: as UTF-8 where 1:90 says so, else as Latin-1. (Windows-1252 is Latin-1 with
 * letters in place of 32 control characters, which no text holds.)
 */
export function decoderOf({ datasets }: Iim): (data: Buffer) => string {
  const charset = datasets.find(({ record, number }) => record === 1 && number === 90)?.data
  const decoder = new TextDecoder(charset?.includes(utf8Mark) ? 'utf-8' : 'windows-1252')
  return (data) => decoder.decode(data).replace(/\0+$/, '').trim()
}
