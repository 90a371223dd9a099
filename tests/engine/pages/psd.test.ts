import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { flatten, rgbaOf } from '../../../src/engine/pages/layers.ts'
import { layersOfPage } from '../../../src/engine/pages/planes.ts'
import { encodePsd, readPsd, writePsd } from '../../../src/engine/pages/psd.ts'
import { scratchFolder } from '../pictures/drawing.ts'
import { difference, drawnPlanes, expectedLook, layerNamed, names, seen } from './drawing.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)
const planes = drawnPlanes()
const fresh = { overwrite: false, original: null }

describe('the layers of a page', () => {
  it('laid over each other are fill × luminance, whichever way lines and flats are asked for', () => {
    for (const lines of ['multiply', 'transparent'] as const) {
      for (const flats of ['color', 'region'] as const) {
        const look = flatten(layersOfPage(planes, { lines, flats, grow: 9 }))
        expect(difference(look, expectedLook(planes)), `${lines}, ${flats}`).toBeLessThanOrEqual(1)
      }
    }
  })

  it('stand in the order and the groups that colorists expect, with what is for information hidden', () => {
    expect(layersOfPage(planes).layers.map(({ name, group, hidden }) => [...group, hidden ? `(${name})` : name].join('/'))).toEqual([
      'Lettering', 'Line', 'Tone', `Flats/アキラ/${names.hair}`, `Flats/アキラ/${names.skin}`, 'Flats/#3d9be9', '(Bubbles)', '(Hints)', 'Paper',
    ])
  })

  it('have flats with hard edges that reach so many pixels under the ink and never over each other', () => {
    const covered = (grow: number): number => {
      const flats = layersOfPage(planes, { grow }).layers.filter(({ kind }) => kind === 'flat')
      const count = new Uint8Array(60 * 40)
      for (const flat of flats) {
        const rgba = rgbaOf(flat)
        for (let i = 0; i < flat.width * flat.height; i++) {
          const alpha = rgba[4 * i + 3] as number
          expect(alpha === 0 || alpha === 255).toBe(true)
          const place = (flat.top + Math.floor(i / flat.width)) * 60 + flat.left + (i % flat.width)
          if (alpha === 255) count[place] = (count[place] as number) + 1
        }
      }
      expect(Math.max(...count)).toBe(1)
      // On a row of the line, 5 px wide: how much of it is covered.
      return [28, 29, 30, 31, 32].filter((x) => count[30 * 60 + x] === 1).length
    }
    expect([0, 1, 2, 3].map(covered)).toEqual([0, 2, 4, 5])
  })

  it('are cropped to what they show', () => {
    expect(layerNamed(layersOfPage(planes), 'Lettering')).toMatchObject({ left: 55, top: 3, width: 1, height: 5 })
  })
})

describe('a PSD', () => {
  it('comes back with every name, group, place, blend mode and pixel, and its resolution', async () => {
    const page = layersOfPage(planes)
    await writePsd(page, at('页 1.psd'), fresh)
    const back = await readPsd(at('页 1.psd'))
    expect(back).toMatchObject({ width: 60, height: 40, dpi: 600 })
    expect(back.layers.map(seen)).toEqual(page.layers.map(seen))
    expect(difference(back.composite as Uint8Array, expectedLook(planes))).toBeLessThanOrEqual(1)
  })

  it('is the same bytes for the same page', () => {
    expect(Buffer.compare(encodePsd(layersOfPage(planes), 'a.psd'), encodePsd(layersOfPage(drawnPlanes()), 'a.psd'))).toBe(0)
  })

  it('larger than its format holds is refused before anything is written, with what would hold it', async () => {
    const strip = { width: 10, height: 30_001, dpi: null, layers: [] }
    await expect(writePsd(strip, at('strip.psd'), fresh)).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('30,000'), remedy: expect.stringContaining('.ora') })
    expect(await readdir(folder)).not.toContain('strip.psd')
  })

  it('that is damaged, of 16 bits, CMYK, PSB, or no PSD at all, is refused with the reason', async () => {
    const whole = Buffer.from(encodePsd(layersOfPage(planes), 'a.psd'))
    const patched = (offset: number, value: number): Buffer => {
      const copy = Buffer.from(whole)
      copy.writeUInt16BE(value, offset)
      return copy
    }
    for (const [bytes, code, message] of [
      [whole.subarray(0, 400), 'bad-input', /damaged/],
      [Buffer.from('GIF89a'), 'bad-input', /not a Photoshop document/],
      [patched(22, 16), 'unsupported', /16 bits/],
      [patched(24, 4), 'unsupported', /CMYK/],
      [patched(4, 2), 'unsupported', /PSB/],
    ] as const) {
      await writeFile(at('bad.psd'), bytes)
      await expect(readPsd(at('bad.psd'))).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    }
    await expect(readPsd(at('gone.psd'))).rejects.toMatchObject({ code: 'bad-input' })
    expect(await readFile(at('bad.psd'))).toHaveLength(whole.length)
  })
})
