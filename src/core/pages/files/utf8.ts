/** UTF-8 both ways; the language alone has no decoder. */

const continuation = (byte: number | undefined): number => (byte !== undefined && (byte & 0xc0) === 0x80 ? byte & 0x3f : -1)

/** Least code point that a sequence of so many bytes may stand for; shorter ones have to be used below it. */
const leastOf = [0, 0, 0x80, 0x800, 0x10000]

/** The text of UTF-8 bytes, without a byte order mark; null where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const parts: string[] = []
  let units: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number
    const length = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0
    if (length === 0) return null
    let code = length === 1 ? first : first & (0x7f >> length)
    for (let n = 1; n < length; n++) {
      const bits = continuation(bytes[at + n])
      if (bits < 0) return null
      code = (code << 6) | bits
    }
    if (code < (leastOf[length] ?? 0) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null
    units.push(code)
    at += length
    if (units.length === 4096) {
      parts.push(String.fromCodePoint(...units))
      units = []
    }
  }
  const text = parts.join('') + String.fromCodePoint(...units)
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

/** The bytes of a text; half a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0) as number
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(bytes)
}

/** As UTF-8, or, in old files, as Latin-1. */
export function decodeText(bytes: Uint8Array): string {
  return decodeUtf8(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
