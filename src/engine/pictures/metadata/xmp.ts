import { createHash } from 'node:crypto'
import { escapeXml, innerText, parseXml, type XmlElement } from './xml.ts'

export const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpNote: 'http://ns.adobe.com/xmp/note/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  iptcCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  iptcExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  /** Our own properties: what was done to the picture. A name, not an address. */
  hourglass: 'urn:hourglass-studio:xmp:1.0/',
} as const

const prefixOf: Record<string, string> = {
  [namespaces.xmp]: 'xmp',
  [namespaces.xmpNote]: 'xmpNote',
  [namespaces.tiff]: 'tiff',
  [namespaces.exif]: 'exif',
  [namespaces.dc]: 'dc',
  [namespaces.photoshop]: 'photoshop',
  [namespaces.iptcCore]: 'Iptc4xmpCore',
  [namespaces.iptcExt]: 'Iptc4xmpExt',
  [namespaces.hourglass]: 'hourglass',
}

/** Without order, with order, or one text in several languages (XMP part 1, 7.7). */
export type ListKind = 'Bag' | 'Seq' | 'Alt'

/** A property: a text, or a list of texts. Of an `Alt` the one item is what is said in no particular language. */
export interface Property {
  space: string
  local: string
  value: string | { list: ListKind; items: readonly string[] }
}

type Match = (space: string, local: string) => boolean

const isRdf = (element: XmlElement, local: string): boolean => element.space === namespaces.rdf && element.local === local

function findRdf(elements: readonly XmlElement[]): XmlElement | null {
  for (const element of elements) {
    const found = isRdf(element, 'RDF') ? element : findRdf(element.children)
    if (found) return found
  }
  return null
}

interface Parsed {
  rdf: XmlElement
  descriptions: XmlElement[]
}

function parse(packet: string): Parsed | null {
  const rdf = findRdf(parseXml(packet) ?? [])
  return rdf ? { rdf, descriptions: rdf.children.filter((child) => isRdf(child, 'Description')) } : null
}

/** The items of a list, or the one value of a simple property; null where the packet does not have it. */
export function readItems(packet: string, space: string, local: string): string[] | null {
  for (const description of parse(packet)?.descriptions ?? []) {
    const attribute = description.attributes.find((one) => one.space === space && one.local === local)
    if (attribute) return [attribute.value]
    const element = description.children.find((one) => one.space === space && one.local === local)
    if (!element) continue
    const items = element.children.find((one) => one.space === namespaces.rdf)?.children.filter((one) => isRdf(one, 'li')) ?? []
    return (items.length > 0 ? items : [element]).map((one) => innerText(packet, one).trim())
  }
  return null
}

/** The value of a simple property (the first item of a list), or null. */
export const readProperty = (packet: string, space: string, local: string): string | null => readItems(packet, space, local)?.[0] ?? null

function cut(text: string, spans: readonly { start: number; end: number }[]): string {
  return spans.toSorted((a, b) => b.start - a.start).reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
}

/** The packet without the top-level properties that match; everything else stays byte for byte. */
function withoutProperties(packet: string, match: Match): string {
  const parsed = parse(packet)
  if (!parsed) return packet
  return cut(
    packet,
    parsed.descriptions.flatMap((description) => [
      ...description.attributes.filter((one) => match(one.space, one.local)),
      ...description.children.filter((one) => match(one.space, one.local)),
    ]),
  )
}

const aboutOf = (parsed: Parsed): string =>
  parsed.descriptions.flatMap(({ attributes }) => attributes).find((one) => one.space === namespaces.rdf && one.local === 'about')?.value ?? ''

function valueText(value: Property['value']): string {
  if (typeof value === 'string') return escapeXml(value)
  const language = value.list === 'Alt' ? ' xml:lang="x-default"' : ''
  return `<rdf:${value.list}>${value.items.map((item) => `<rdf:li${language}>${escapeXml(item)}</rdf:li>`).join('')}</rdf:${value.list}>`
}

function describe(about: string, properties: readonly Property[]): string {
  const spaces = [...new Set(properties.map(({ space }) => space))]
  const declared = spaces.map((space) => ` xmlns:${prefixOf[space]}="${space}"`).join('')
  const lines = properties.map(({ space, local, value }) => `<${prefixOf[space]}:${local}>${valueText(value)}</${prefixOf[space]}:${local}>`)
  return `<rdf:Description xmlns:rdf="${namespaces.rdf}" rdf:about="${escapeXml(about)}"${declared}>${lines.join('')}</rdf:Description>`
}

function inserted(packet: string, rdf: XmlElement, text: string): string {
  if (rdf.closeStart === rdf.openEnd && packet[rdf.openEnd - 2] === '/') {
    const name = /^<([^\s/>]+)/.exec(packet.slice(rdf.start))?.[1] ?? 'rdf:RDF'
    return `${packet.slice(0, rdf.openEnd - 2)}>${text}</${name}>${packet.slice(rdf.end)}`
  }
  return packet.slice(0, rdf.closeStart) + text + packet.slice(rdf.closeStart)
}

const emptyPacket =
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${namespaces.rdf}"></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

/** A packet can be carried on when it is well-formed and holds RDF. */
export const isReadable = (packet: string): boolean => parse(packet) !== null

/** The packet (a fresh one where there is none) with these properties set, each replacing its old value. */
export function withProperties(packet: string | null, properties: readonly Property[]): string {
  const source = packet !== null && isReadable(packet) ? packet : emptyPacket
  if (properties.length === 0) return source
  const cleared = withoutProperties(source, (space, local) => properties.some((one) => one.space === space && one.local === local))
  const parsed = parse(cleared)
  return parsed ? inserted(cleared, parsed.rdf, describe(aboutOf(parsed), properties)) : source
}

/** All of our own properties taken out: a label speaks of this result, not of an earlier one. */
export const withoutOwn = (packet: string): string => withoutProperties(packet, (space) => space === namespaces.hourglass)

/** Properties that tell how the old file lay, set to how the new one lies, only where they are there. */
export function updateFacts(packet: string, facts: { width: number; height: number }): string {
  const wanted: Property[] = [
    { space: namespaces.tiff, local: 'Orientation', value: '1' },
    { space: namespaces.tiff, local: 'ImageWidth', value: String(facts.width) },
    { space: namespaces.tiff, local: 'ImageLength', value: String(facts.height) },
    { space: namespaces.exif, local: 'PixelXDimension', value: String(facts.width) },
    { space: namespaces.exif, local: 'PixelYDimension', value: String(facts.height) },
  ]
  const present = wanted.filter(({ space, local }) => readProperty(packet, space, local) !== null)
  const clean = withoutProperties(packet, (space, local) => space === namespaces.xmp && local === 'Thumbnails')
  return present.length > 0 ? withProperties(clean, present) : clean
}

/** Puts an extended packet's descriptions back into its main packet. */
export function mergeExtended(main: string, extended: string): string {
  const from = parse(extended)
  const clean = withoutProperties(main, (space, local) => space === namespaces.xmpNote && local === 'HasExtendedXMP')
  const into = parse(clean)
  if (!from || !into) return main
  const texts = from.descriptions.map((description) => {
    const text = extended.slice(description.start, description.end)
    const missing = [...description.prefixes].filter(([prefix]) => prefix !== 'xml' && prefix !== '' && !text.includes(`xmlns:${prefix}=`))
    const nameEnd = /^<[^\s/>]+/.exec(text)?.[0].length ?? 0
    return text.slice(0, nameEnd) + missing.map(([prefix, space]) => ` xmlns:${prefix}="${escapeXml(space)}"`).join('') + text.slice(nameEnd)
  })
  return inserted(clean, into.rdf, texts.join(''))
}

/**
 * Cuts a packet too long for one JPEG segment in two: a main packet with the given short properties and the
 * address of the rest, and the rest (XMP part 3, 1.1.3.1).
 */
export function splitPacket(packet: string, short: readonly Property[]): { main: string; extended: Buffer; guid: string } {
  const rest = withoutProperties(packet, (space, local) => short.some((one) => one.space === space && one.local === local))
  // An extended packet has no wrapper.
  const extended = Buffer.from(rest.replace(/<\?xpacket[\s\S]*?\?>/g, '').trim(), 'utf8')
  const guid = createHash('md5').update(extended).digest('hex').toUpperCase()
  return { main: withProperties(null, [...short, { space: namespaces.xmpNote, local: 'HasExtendedXMP', value: guid }]), extended, guid }
}
