import { readFile } from 'node:fs/promises'

/**
 * Decodes the primary picture of a HEIC file to interleaved RGB, 8 bit, upright: libheif applies the file's own
 * turns and crops. The WebAssembly build is used, since sharp's own libheif comes without an HEVC decoder.
 */
export async function decodeHeic(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  // Loaded when first needed: it is large, and few pictures are HEIC.
  const { default: decodeHeif } = await import('heic-decode')
  const { data, width, height } = await decodeHeif({ buffer: await readFile(path) })
  const rgb = new Uint8Array(3 * width * height)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] as number
    rgb[to + 1] = data[from + 1] as number
    rgb[to + 2] = data[from + 2] as number
  }
  return { data: rgb, width, height }
}
