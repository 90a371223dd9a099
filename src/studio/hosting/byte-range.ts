/** First and last byte, both included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * The one range that a `Range` header asks of a file (RFC 9110, 14.1.2). null: the whole file is to be sent, since there is
 * no header, or one of a kind that may be passed over (several ranges, other units). 'outside': nothing of it is in the file.
 */
export function byteRange(header: string | null | undefined, size: number): ByteRange | 'outside' | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = found ?? []
  if (!found || (first === '' && last === '')) return null
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last))
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  return from >= size || to < from ? 'outside' : { from, to }
}
