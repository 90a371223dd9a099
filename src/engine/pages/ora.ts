/** OpenRaster: layers as PNG in a ZIP, read by Krita, GIMP, MyPaint and others. No limit of size but that of memory. */
import sharp from 'sharp'
import { fault } from '../../core/texts/wording.ts'
import { writeAtomically, type AtomicOptions } from '../pictures/atomic.ts'
import { named } from '../pictures/failures.ts'
import { escapeXml, parseXml, type XmlElement } from '../pictures/metadata/xml.ts'
import { encodeLayerPng } from './layerPng.ts'
import { flatten, kindOfName, rgbaOf, type LayeredPage, type PageLayer } from './layers.ts'
import { damagedZip, openZip, readWhole, writeZip, type NewEntry, type OpenZip } from './zip.ts'

/** OpenRaster 0.0.6: the longest side of its thumbnail. */
const thumbnailSide = 256
const mimetype = 'image/openraster'
/** Names of blend modes: SVG's in OpenRaster, Photoshop's with us. */
const svgName = (blend: string): string => (blend === 'normal' ? 'svg:src-over' : `svg:${blend.replaceAll(' ', '-')}`)
const blendOf = (svg: string): string => (svg === 'svg:src-over' || svg === '' ? 'normal' : svg.replace(/^[a-z]+:/, '').replaceAll('-', ' '))

const attributes = (values: Readonly<Record<string, string | number>>): string => Object.entries(values).map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`).join('')

function stackXml(layers: readonly PageLayer[], depth: number, sourceOf: (layer: PageLayer) => string): string {
  let text = ''
  const indent = '  '.repeat(depth + 2)
  for (let at = 0; at < layers.length; ) {
    const layer = layers[at] as PageLayer
    const group = layer.group[depth]
    if (group === undefined) {
      const about = { name: layer.name, src: sourceOf(layer), x: layer.left, y: layer.top, opacity: layer.opacity, visibility: layer.hidden ? 'hidden' : 'visible', 'composite-op': svgName(layer.blend) }
      text += `${indent}<layer${attributes(about)}/>\n`
      at += 1
      continue
    }
    let end = at
    while (end < layers.length && layers[end]?.group[depth] === group) end += 1
    text += `${indent}<stack${attributes({ name: group, isolation: 'auto' })}>\n${stackXml(layers.slice(at, end), depth + 1, sourceOf)}${indent}</stack>\n`
    at = end
  }
  return text
}

/** `mimetype` first and stored, as the format wants it. */
function* entriesOf(page: LayeredPage): Generator<NewEntry, void, void> {
  const { width, height, dpi, layers } = page
  const sources = new Map(layers.map((layer, n) => [layer, `data/layer${String(n).padStart(4, '0')}.png`]))
  const image = { version: '0.0.6', w: width, h: height, ...(dpi === null ? {} : { xres: Math.round(dpi), yres: Math.round(dpi) }) }
  const stack = stackXml(layers, 0, (layer) => sources.get(layer) ?? '')
  yield { name: 'mimetype', content: () => Buffer.from(mimetype, 'latin1') }
  yield { name: 'stack.xml', compress: true, content: () => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<image${attributes(image)}>\n  <stack>\n${stack}  </stack>\n</image>\n`, 'utf8') }
  for (const [layer, name] of sources) yield { name, content: () => encodeLayerPng(rgbaOf(layer), layer, dpi) }
  const merged = flatten(page, [255, 255, 255])
  yield { name: 'mergedimage.png', content: () => encodeLayerPng(merged, page, dpi) }
  yield {
    name: 'Thumbnails/thumbnail.png',
    content: () => sharp(merged, { raw: { width, height, channels: 4 }, limitInputPixels: false }).resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true }).png().toBuffer(),
  }
}

/** Writes an ORA, whole or not at all; the same page gives the same bytes. @throws HourglassError `not-writable`, `no-space`, `cancelled` */
export async function writeOra(page: LayeredPage, target: string, options: AtomicOptions): Promise<void> {
  await writeAtomically(target, options, (temporary) => writeZip(temporary, entriesOf(page), options.signal))
}

interface Inherited {
  readonly group: readonly string[]
  readonly hidden: boolean
  readonly opacity: number
}

interface StackedLayer extends Omit<PageLayer, 'width' | 'height' | 'pixels'> {
  readonly source: string
}

const attribute = (element: XmlElement, name: string): string => element.attributes.find(({ local, space }) => local === name && space === '')?.value ?? ''
const numberOf = (text: string, otherwise: number): number => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : otherwise)

function listOf(elements: readonly XmlElement[], from: Inherited): StackedLayer[] {
  return elements.flatMap((element): StackedLayer[] => {
    const name = attribute(element, 'name')
    const own = { hidden: from.hidden || attribute(element, 'visibility') === 'hidden', opacity: from.opacity * Math.min(1, Math.max(0, numberOf(attribute(element, 'opacity'), 1))) }
    if (element.local === 'stack') return listOf(element.children, { ...own, group: [...from.group, name] })
    if (element.local !== 'layer') return []
    const place = { left: Math.round(numberOf(attribute(element, 'x'), 0)), top: Math.round(numberOf(attribute(element, 'y'), 0)) }
    return [{ ...own, ...place, name, kind: kindOfName(name, from.group), group: from.group, blend: blendOf(attribute(element, 'composite-op')), source: attribute(element, 'src') }]
  })
}

async function pixelsIn(zip: OpenZip, source: string, path: string): Promise<{ rgba: Uint8Array; width: number; height: number }> {
  const entry = zip.entries.find(({ name }) => name === source)
  if (!entry) throw fault('bad-input', 'fault.layerMissing', 'remedy.saveAgainThere', { file: named(path), layer: source })
  const png = await readWhole(zip, entry)
  try {
    const { data, info } = await sharp(png, { limitInputPixels: false }).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return { rgba: new Uint8Array(data.buffer, data.byteOffset, data.length), width: info.width, height: info.height }
  } catch (cause) {
    throw fault('bad-input', 'fault.layerNoPicture', 'remedy.saveAgainThere', { file: named(path), layer: source }, { cause })
  }
}

/** Pixels of one layer, or of the page, that are read at most: four bytes each. */
const maxPixels = 2 ** 29

/**
 * Reads an OpenRaster file with all its layers.
 * @throws HourglassError `bad-input`, `too-large`
 */
export async function readOra(path: string): Promise<LayeredPage> {
  const zip = await openZip(path)
  try {
    const stack = zip.entries.find(({ name }) => name === 'stack.xml')
    if (!stack || stack.bytes > 1 << 24) throw fault('bad-input', 'fault.noOra', 'remedy.chooseOra', { file: named(path) })
    const [image] = parseXml((await readWhole(zip, stack)).toString('utf8')) ?? []
    const [width, height] = image ? [numberOf(attribute(image, 'w'), 0), numberOf(attribute(image, 'h'), 0)] : [0, 0]
    if (!image || image.local !== 'image' || !(Number.isInteger(width) && width > 0 && Number.isInteger(height) && height > 0)) throw damagedZip(path, 'stack.xml')
    if (width * height > maxPixels) throw fault('too-large', 'fault.documentSize', 'remedy.smallerCopy', { file: named(path), width, height })
    const root = image.children.find(({ local }) => local === 'stack')
    const layers: PageLayer[] = []
    for (const { source, ...layer } of listOf(root?.children ?? [], { group: [], hidden: false, opacity: 1 })) {
      const { rgba, ...size } = await pixelsIn(zip, source, path)
      layers.push({ ...layer, ...size, pixels: { rgba } })
    }
    const dpi = numberOf(attribute(image, 'xres'), 0)
    return { width, height, dpi: dpi > 0 ? dpi : null, layers }
  } finally {
    zip.close()
  }
}
