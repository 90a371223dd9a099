import { describe, expect, it } from 'vitest'
import { readPalette, writePalette, type PaletteFormat } from '../../../../src/core/pages/files/palettes.ts'
import { colorsOfPicture } from '../../../../src/core/pages/files/pictureColors.ts'
import type { FileSwatch } from '../../../../src/core/pages/files/swatches.ts'
import { hexToLab } from '../../../../src/core/color/srgb.ts'

const swatches: FileSwatch[] = [
  { name: '髪 hair', color: '#e07a5f', group: 'アキラ' },
  { name: 'Haut / Skin', color: '#f2cc8f', group: 'アキラ' },
  { name: 'sky 🌙', color: '#010203', group: '' },
  { name: '', color: '#ffffff', group: 'Mo' },
]
const palette = { name: 'Chapter 3', swatches }

/** Bytes written by hand, as another program would: numbers big-endian, text in UTF-16. */
function bytes(...parts: (number[] | string)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part)))
}
const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255]
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)]
const utf16 = (text: string): number[] => [...text, '\0'].flatMap((letter) => u16(letter.charCodeAt(0)))
const f32 = (value: number): number[] => [...new Uint8Array(new Float32Array([value]).buffer)].toReversed()

const aseColor = (name: string, model: string, values: number[]): number[] => {
  const content = [...u16(name.length + 1), ...utf16(name), ...bytes(model), ...values.flatMap(f32), ...u16(2)]
  return [...u16(1), ...u32(content.length), ...content]
}

describe('palette files', () => {
  it('come back as they were written, Unicode names and groups too', () => {
    for (const format of ['ase', 'json'] as const) expect(readPalette(writePalette(palette, format), `Chapter 3.${format}`), format).toEqual({ name: 'Chapter 3', swatches, skipped: 0 })
  })

  it('come back without groups from formats that have none', () => {
    const plain = swatches.map((swatch) => ({ ...swatch, group: '' }))
    for (const format of ['gpl', 'aco', 'hex'] satisfies PaletteFormat[]) expect(readPalette(writePalette(palette, format), `Chapter 3.${format}`), format).toEqual({ name: 'Chapter 3', swatches: plain, skipped: 0 })
  })

  it('are read from an .ase with CMYK, Lab and grey, whatever groups stand around', () => {
    const group = [...u16(0xc001), ...u32(2 + utf16('Ö').length), ...u16(2), ...utf16('Ö')]
    const end = [...u16(0xc002), ...u32(0)]
    const file = bytes('ASEF', u16(1), u16(0), u32(6), group, aseColor('c', 'CMYK', [1, 0, 0, 0]), aseColor('k', 'CMYK', [0, 0, 0, 1]), end, aseColor('l', 'LAB ', [0.5, 0, 0]), aseColor('g', 'Gray', [0.5]))
    expect(readPalette(file, 'x.ase').swatches).toEqual([
      { name: 'c', color: '#00ffff', group: 'Ö' },
      { name: 'k', color: '#000000', group: 'Ö' },
      { name: 'l', color: '#777777', group: '' },
      { name: 'g', color: '#808080', group: '' },
    ])
  })

  it('are read from an .aco of version 1, with HSB, CMYK, Lab and grey; colour books are counted', () => {
    const colors = [[1, 0, 65535, 65535, 0], [2, 65535, 0, 65535, 65535], [7, 5000, 0, 0, 0], [8, 5000, 0, 0, 0], [3, 1, 2, 3, 4]]
    const file = bytes(u16(1), u16(colors.length), colors.flat().flatMap(u16))
    const read = readPalette(file, 'x.aco')
    expect(read.swatches.map(({ color }) => color)).toEqual(['#ff0000', '#ff00ff', '#777777', '#808080'])
    expect(read.skipped).toBe(1)
  })

  it('are read from texts of other programs', () => {
    expect(readPalette(bytes('GIMP Palette\r\nName: Old\r\n#\r\n  1   2   3\tUntitled\r\n255 0 16 two words\r\n'), 'a.gpl')).toEqual({
      name: 'Old',
      swatches: [{ name: '', color: '#010203', group: '' }, { name: 'two words', color: '#ff0010', group: '' }],
      skipped: 0,
    })
    const hexes = (text: string): string[] => readPalette(bytes(text), 'a.txt').swatches.map(({ color }) => color)
    expect(hexes('; paint.net\nFF102030\n80405060\n')).toEqual(['#102030', '#405060'])
    expect(hexes('#abc, #0D1117 #11223344')).toEqual(['#aabbcc', '#0d1117', '#112233'])
    expect(hexes('["#010203", {"hex": "040506", "name": "x"}]')).toEqual(['#010203', '#040506'])
    expect(hexes('{"colors": [{"color": "#010203"}]}')).toEqual(['#010203'])
  })

  it('say what is wrong, with the file and a remedy, instead of guessing', () => {
    const whole = writePalette(palette, 'ase')
    for (const [file, content, message] of [
      ['cut.ase', whole.subarray(0, 40), /"cut\.ase" is damaged/],
      ['cut.aco', writePalette(palette, 'aco').subarray(0, 9), /"cut\.aco" is damaged/],
      ['a.gpl', bytes('GIMP Palette\n1 2 999\n'), /line 2/],
      ['photo.jpg', bytes([0xff, 0xd8, 0xff, 0xe0]), /not JSON, and no other palette/],
      ['e.json', bytes('[]'), /no colours/],
      ['n.json', bytes('{"a":1}'), /not a palette/],
      ['c.json', bytes('["red"]'), /colour 1: “red”/],
      ['none', bytes(''), /"none"/],
      ['books.aco', bytes(u16(1), u16(1), u16(3), u16(0), u16(0), u16(0), u16(0)), /colour books/],
    ] as const) {
      expect(() => readPalette(content, file), file).toThrow(message)
      expect(() => readPalette(content, file), file).toThrow(expect.objectContaining({ code: 'bad-input', remedy: expect.stringMatching(/\w/) }))
    }
  })

  it('of any cut-off length are either read or refused, never crash', () => {
    for (const format of ['ase', 'aco', 'gpl', 'json'] as const) {
      const whole = writePalette(palette, format)
      for (let length = 0; length < whole.length; length++) {
        try {
          readPalette(whole.subarray(0, length), 'x')
        } catch (thrown) {
          expect(thrown, `${format} ${length}`).toMatchObject({ name: 'HourglassError' })
        }
      }
    }
  })
})

describe('the colours of a picture', () => {
  const flat = (...parts: [string, number][]): Uint8Array => Uint8Array.from(parts.flatMap(([hex, count]) => Array.from({ length: count }, () => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))).flat()))

  it('are its own, to the digit, where it has few, the most frequent first', () => {
    expect(colorsOfPicture(flat(['#e07a5f', 50], ['#ffffff', 300], ['#3d405b', 120])).map(({ color }) => color)).toEqual(['#ffffff', '#3d405b', '#e07a5f'])
  })

  it('are twelve unless said, the same each time, and near to what is there', () => {
    const noisy = new Uint8Array(3 * 20_000)
    const centres = ['#c1121f', '#fdf0d5', '#003049', '#669bbc']
    let state = 3
    for (let i = 0; i < noisy.length; i += 3) {
      const hex = centres[Math.floor(i / 3) % 4] as string
      for (let n = 0; n < 3; n++) {
        state = (state * 1103515245 + 12345) & 0x7fffffff
        noisy[i + n] = Math.min(255, Math.max(0, Number.parseInt(hex.slice(1 + 2 * n, 3 + 2 * n), 16) + (state >> 16) % 9 - 4))
      }
    }
    const twelve = colorsOfPicture(noisy)
    expect(twelve).toHaveLength(12)
    expect(colorsOfPicture(noisy)).toEqual(twelve)
    const four = colorsOfPicture(noisy, { count: 4 })
    for (const centre of centres) {
      const wanted = hexToLab(centre)
      const nearest = Math.min(...four.map(({ color }) => Math.hypot(...hexToLab(color).map((value, n) => value - (wanted[n] as number)))))
      expect(nearest, centre).toBeLessThan(1.5)
    }
  })
})
