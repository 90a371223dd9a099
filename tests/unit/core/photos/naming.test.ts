import { describe, expect, test } from 'vitest'
import { exportName, formatLike, formatOfName, numbered, safeName } from '../../../../src/core/photos/naming.ts'

describe('names of exported files', () => {
  test.each([
    ['{name}-colour', 'IMG 1.tif', 'jpeg', 'IMG 1-colour.jpg'],
    ['{name}', '奶奶.1950.png', 'png', '奶奶.1950.png'],
    ['../{name}', 'a.png', 'png', '.._a.png'],
    ['{name}:{name}', 'a.png', 'webp', 'a_a.webp'],
    ['con', 'a.png', 'tiff', '_con.tif'],
    ['...', 'a.png', 'avif', '_.avif'],
  ] as const)('made from %s and %s as %s are %s', (pattern, source, format, expected) => {
    expect(exportName(pattern, source, format)).toBe(expected)
  })

  test('never pass the length that file systems take', () => {
    expect([...exportName('{name}', `${'ü'.repeat(400)}.png`, 'png')].length).toBeLessThanOrEqual(160)
    expect(safeName('  ')).toBe('_')
  })

  test('are numbered before the extension', () => {
    expect([1, 2, 3].map((n) => numbered('a.b.jpg', n))).toEqual(['a.b.jpg', 'a.b-2.jpg', 'a.b-3.jpg'])
  })
})

describe('the format of a result', () => {
  test('is that of the source where it can be written, else one that loses nothing', () => {
    expect(formatLike({ format: 'jpeg', depth: 8 })).toBe('jpeg')
    expect(formatLike({ format: 'heif', depth: 8 })).toBe('png')
    expect(formatLike({ format: 'unknown', depth: 16 })).toBe('tiff')
  })

  test('follows from the name of the target, in any case', () => {
    expect(['a.JPG', 'b.tiff', 'c.webp', 'd.gif', 'e'].map(formatOfName)).toEqual(['jpeg', 'tiff', 'webp', null, null])
  })
})
