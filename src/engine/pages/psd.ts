/** Photoshop documents, through ag-psd: 8 bits a channel, sRGB, at most 30,000 pixels a side. */
import { readFile } from 'node:fs/promises'
import { initializeCanvas, readPsd as parsePsd, writePsdUint8Array, type BlendMode, type Layer, type PixelData, type Psd } from 'ag-psd'
import { asHourglassError, type HourglassError } from '../../contract/errors.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { writeAtomically, writePieces, type AtomicOptions } from '../pictures/atomic.ts'
import { assertFits } from '../pictures/limits.ts'
import { named, readFailure } from '../pictures/failures.ts'
import { cropped, flatten, kindOfName, rgbaOf, type LayeredPage, type PageLayer } from './layers.ts'

// The library asks for a canvas on some of its paths; with `useImageData` it only ever needs room for pixels.
initializeCanvas(
  () => {
    throw new Error('there is no canvas here')
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }) as unknown as ReturnType<NonNullable<Parameters<typeof initializeCanvas>[1]>>,
)

/** Layers of a document may take this much memory, bytes. */
const memoryLimit = 2 ** 32

/** Expands a layer's pixels when the library reads them, and lets go of those of the layer before. */
class PixelsWhenAsked {
  #owner: PageLayer | null = null
  #rgba: PixelData['data'] = new Uint8ClampedArray(0)

  of(layer: PageLayer): PixelData {
    const rgba = (): PixelData['data'] => {
      if (this.#owner !== layer) {
        const own = rgbaOf(layer)
        this.#rgba = new Uint8ClampedArray(own.buffer as ArrayBuffer, own.byteOffset, own.length)
        this.#owner = layer
      }
      return this.#rgba
    }
    return {
      width: layer.width,
      height: layer.height,
      get data() {
        return rgba()
      },
    }
  }
}

/** The library lists from the bottom up, groups as layers with children. */
function treeOf(layers: readonly PageLayer[], depth: number, pixels: PixelsWhenAsked): Layer[] {
  const children: Layer[] = []
  const below = layers.toReversed()
  for (let at = 0; at < below.length; ) {
    const layer = below[at] as PageLayer
    const group = layer.group[depth]
    if (group === undefined) {
      children.push({ name: layer.name, left: layer.left, top: layer.top, blendMode: layer.blend as BlendMode, opacity: layer.opacity, hidden: layer.hidden, imageData: pixels.of(layer) })
      at += 1
      continue
    }
    let end = at
    while (end < below.length && below[end]?.group[depth] === group) end += 1
    children.push({ name: group, opened: depth === 0, blendMode: 'pass through', children: treeOf(below.slice(at, end).toReversed(), depth + 1, pixels) })
    at = end
  }
  return children
}

/**
 * The bytes of a PSD: layers with Unicode names in their groups, cropped as they are, resolution, and the flattened page
 * for programs that show nothing else. The same page gives the same bytes.
 * @param name of the file, for messages
 * @param xmp packet of metadata, null: none
 * @throws HourglassError `too-large`
 */
export function encodePsd(page: LayeredPage, name: string, xmp: string | null = null): Uint8Array {
  assertFits('psd', page, name)
  const { width, height, dpi } = page
  const composite = flatten(page, [255, 255, 255])
  const psd: Psd = {
    width,
    height,
    children: treeOf(page.layers, 0, new PixelsWhenAsked()),
    imageData: { width, height, data: new Uint8ClampedArray(composite.buffer) },
    imageResources: { ...(xmp === null ? {} : { xmpMetadata: xmp }), ...(dpi === null ? {} : { resolutionInfo: { horizontalResolution: dpi, horizontalResolutionUnit: 'PPI', widthUnit: 'Inches', verticalResolution: dpi, verticalResolutionUnit: 'PPI', heightUnit: 'Inches' } }) },
  }
  try {
    return writePsdUint8Array(psd, { noBackground: true })
  } catch (thrown) {
    throw asTooLarge(name, thrown)
  }
}

function asTooLarge(name: string, thrown: unknown): HourglassError {
  const text = thrown instanceof Error ? thrown.message : ''
  if (/allocat|memory|array buffer|length|4GB/i.test(text)) {
    return fault('too-large', 'fault.layersMemory', 'remedy.oraOrPngLayers', { file: named(name) }, { cause: thrown })
  }
  return asHourglassError(thrown)
}

/** Writes a PSD, whole or not at all. @throws HourglassError `too-large`, `not-writable`, `no-space`, `cancelled` */
export async function writePsd(page: LayeredPage, target: string, options: AtomicOptions & { xmp?: string | null }): Promise<void> {
  await writeAtomically(target, options, (temporary) => writePieces(temporary, [encodePsd(page, target, options.xmp)]))
}

const colorModes = ['bitmap', 'greyscale', 'indexed colour', 'RGB', 'CMYK', '', '', 'multichannel', 'duotone', 'Lab']

/** Says what the file is before it is read. @throws HourglassError `bad-input`, `unsupported`, `too-large` */
function checkHeader(bytes: Uint8Array, path: string): void {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 26 || head.getUint32(0) !== 0x38425053) {
    throw fault('bad-input', 'fault.noPsd', 'remedy.choosePsd', { file: named(path) })
  }
  const file = named(path)
  if (head.getUint16(4) === 2) throw fault('unsupported', 'fault.psb', 'remedy.savePsdPlain', { file })
  const [depth, mode] = [head.getUint16(22), head.getUint16(24)]
  if (depth !== 8 && !(depth === 1 && mode === 0)) throw fault('unsupported', 'fault.psdDepth', 'remedy.savePsdPlain', { file, depth })
  if (![0, 1, 2, 3].includes(mode)) throw fault('unsupported', 'fault.psdMode', 'remedy.savePsdPlain', { file, mode: colorModes[mode] || worded('fault.psdUnknownMode') })
  const [height, width] = [head.getUint32(14), head.getUint32(18)]
  if (width * height * 4 > memoryLimit) throw fault('too-large', 'fault.documentSize', 'remedy.smallerCopy', { file, width, height })
}

interface Inherited {
  readonly group: readonly string[]
  readonly hidden: boolean
  readonly opacity: number
}

function listOf(children: readonly Layer[], from: Inherited): PageLayer[] {
  return children.toReversed().flatMap((layer): PageLayer[] => {
    const name = layer.name ?? ''
    const own = { hidden: from.hidden || (layer.hidden ?? false), opacity: from.opacity * (layer.opacity ?? 1) }
    if (layer.children) return listOf(layer.children, { ...own, group: [...from.group, name] })
    const { imageData } = layer
    const data = imageData?.data
    if (!imageData || !data || imageData.width * imageData.height === 0) return []
    const rgba = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const blend = layer.blendMode ?? 'normal'
    return [{ ...own, name, kind: kindOfName(name, from.group), group: from.group, blend, left: layer.left ?? 0, top: layer.top ?? 0, width: imageData.width, height: imageData.height, pixels: { rgba } }]
  })
}

/** Dots per inch of a document; null where it says none. */
function dpiOf({ imageResources }: Psd): number | null {
  const info = imageResources?.resolutionInfo
  if (!info || !(info.horizontalResolution > 0)) return null
  return info.horizontalResolutionUnit === 'PPCM' ? info.horizontalResolution * 2.54 : info.horizontalResolution
}

/**
 * Reads a PSD of 8 bits in RGB, grey, indexed colour, or of 1 bit: its layers, cropped to what they show, and what it looks
 * like as a whole. Colours are taken as sRGB: the library does not hand over a profile.
 * @returns `composite`: the whole as the program that wrote it saw it, RGBA; null where it holds none
 * @throws HourglassError `bad-input`, `unsupported`, `too-large`
 */
export async function readPsd(path: string): Promise<LayeredPage & { composite: Uint8Array | null }> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readFailure(path, thrown)
  })
  checkHeader(bytes, path)
  let psd: Psd
  try {
    psd = parsePsd(bytes, { useImageData: true, skipThumbnail: true, skipLinkedFilesData: true, totalMemoryLimit: memoryLimit })
  } catch (thrown) {
    if (thrown instanceof Error && /memory limit|allocat/i.test(thrown.message)) throw fault('too-large', 'fault.documentMemory', 'remedy.mergeLayers', { file: named(path) }, { cause: thrown })
    throw fault('bad-input', 'fault.documentDamaged', 'remedy.saveAgainThere', { file: named(path) }, { cause: thrown })
  }
  const data = psd.imageData?.data
  const layers = listOf(psd.children ?? [], { group: [], hidden: false, opacity: 1 }).map(cropped).filter((layer) => layer !== null)
  return { width: psd.width, height: psd.height, dpi: dpiOf(psd), layers, composite: data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : null }
}
