/**
 * Just enough XML for XMP packets: elements, attributes and namespaces with their places in the text, so that
 * a property can be cut out or put in while every other byte stays as it was. Document types are refused.
 */
export interface XmlAttribute {
  /** Namespace address; '' without prefix. */
  space: string
  local: string
  value: string
  /** From the white space before the name to after the closing quote. */
  start: number
  end: number
}

export interface XmlElement {
  space: string
  local: string
  attributes: XmlAttribute[]
  /** Prefixes in force inside the element. */
  prefixes: ReadonlyMap<string, string>
  children: XmlElement[]
  start: number
  /** After the `>` of the start tag. */
  openEnd: number
  /** Before the `</` of the end tag; equals openEnd for `<a/>`. */
  closeStart: number
  end: number
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescapeXml = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x') || name.startsWith('#X')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number.parseInt(name.slice(1), 10))
    return entities[name] ?? whole
  })

/** Control characters that XML 1.0 cannot hold (its production 2). */
const isForbidden = (code: number): boolean => (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code === 0xfffe || code === 0xffff

export const escapeXml = (text: string): string =>
  Array.from(text, (one) => (isForbidden(one.charCodeAt(0)) ? '' : one))
    .join('')
    .replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one] ?? '&quot;')

const xmlSpace = 'http://www.w3.org/XML/1998/namespace'
const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<!|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const attributePattern = /\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')/g

const nameParts = (name: string): [prefix: string, local: string] => {
  const colon = name.indexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

interface RawAttribute {
  name: string
  value: string
  start: number
  end: number
}

function attributesOf(text: string, offset: number): RawAttribute[] {
  return [...text.matchAll(attributePattern)].map((match) => ({
    name: match[1] as string,
    value: unescapeXml((match[2] as string).slice(1, -1)),
    start: offset + match.index,
    end: offset + match.index + match[0].length,
  }))
}

function prefixesWith(outer: ReadonlyMap<string, string>, attributes: readonly RawAttribute[]): ReadonlyMap<string, string> {
  const declared = attributes.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return outer
  return new Map([...outer, ...declared.map(({ name, value }): [string, string] => [nameParts(name)[1] === 'xmlns' ? '' : nameParts(name)[1], value])])
}

/** The elements at the top of a text; null where it is not well-formed. */
export function parseXml(text: string): XmlElement[] | null {
  const top: XmlElement[] = []
  const stack: { element: XmlElement; name: string }[] = []
  let prefixes: ReadonlyMap<string, string> = new Map([['xml', xmlSpace]])
  for (const match of text.matchAll(token)) {
    const [whole, closing, opening, attributeText = '', selfClosing] = match
    const end = match.index + whole.length
    if (whole === '<!') return null
    if (closing !== undefined) {
      const last = stack.pop()
      if (!last || last.name !== closing) return null
      last.element.closeStart = match.index
      last.element.end = end
      prefixes = stack.at(-1)?.element.prefixes ?? new Map([['xml', xmlSpace]])
    } else if (opening !== undefined) {
      const raw = attributesOf(attributeText, match.index + 1 + opening.length)
      const inside = prefixesWith(prefixes, raw)
      const [prefix, local] = nameParts(opening)
      const element: XmlElement = {
        space: inside.get(prefix) ?? '',
        local,
        attributes: raw
          .filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:'))
          .map(({ name, ...rest }) => {
            const [attributePrefix, attributeLocal] = nameParts(name)
            return { space: attributePrefix === '' ? '' : (inside.get(attributePrefix) ?? ''), local: attributeLocal, ...rest }
          }),
        prefixes: inside,
        children: [],
        start: match.index,
        openEnd: end,
        closeStart: end,
        end,
      }
      const siblings = stack.at(-1)?.element.children ?? top
      siblings.push(element)
      if (selfClosing !== '/') {
        stack.push({ element, name: opening })
        prefixes = inside
      }
    }
  }
  return stack.length === 0 ? top : null
}

/** Text inside an element, without markup. */
export function innerText(text: string, element: XmlElement): string {
  const inside = text.slice(element.openEnd, element.closeStart)
  const parts = inside.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
  return parts.map((part) => (part.startsWith('<![CDATA[') ? part.slice(9, -3) : unescapeXml(part.replace(/<[^>]*>/g, '')))).join('')
}
