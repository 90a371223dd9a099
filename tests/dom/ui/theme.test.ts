import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accents, greys, stages, states, type Tone } from '../../../src/renderer/ui/theme/tokens.ts'
import { hourglassVariables } from '../../../src/renderer/ui/theme/variables.ts'

const renderer = join(import.meta.dirname, '../../../src/renderer')

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith(ending) && statSync(file).isFile())
}

/** Contrast of two `#rrggbb` colours, WCAG 2. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}

describe('the tokens', () => {
  const tones: Tone[] = ['dark', 'mid', 'light']
  test.each(tones)('of %s can be read on every surface', (tone) => {
    const grey = greys[tone]
    const texts = [grey.text, grey.label, grey.quiet, accents[tone].line, ...Object.values(states[tone])]
    const weak = [grey.panel, grey.bar].flatMap((surface) => texts.filter((text) => contrast(text, surface) < 4.5).map((text) => `${text} on ${surface}`))
    expect(weak).toEqual([])
  })
  test.each(tones)('of %s have greys without any tint', (tone) => {
    const { surround: _, ...colors } = greys[tone]
    expect(Object.values(colors).filter((color) => new Set([color.slice(1, 3), color.slice(3, 5), color.slice(5, 7)]).size > 1)).toEqual([])
  })
  test('of the stage can be read on each surround', () => {
    for (const { background, text } of Object.values(stages)) expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5)
  })
  test('make rows at least 44 px high for a finger', () => {
    const look = { tone: 'dark', surround: 'dark' } as const
    expect(hourglassVariables({ ...look, coarse: false })['--hg-row-list']).toBe('30px')
    expect(hourglassVariables({ ...look, coarse: true })['--hg-row-list']).toBe('44px')
  })
})

describe('style sheets', () => {
  const sheets = filesOf(renderer, '.css').map((file) => ({ file, text: readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '') }))
  const variables = new Set(Object.keys(hourglassVariables({ tone: 'dark', surround: 'dark', coarse: false })))
  test('write no colour, pixel or duration of their own', () => {
    expect(sheets.length).toBeGreaterThan(10)
    const own = sheets.flatMap(({ file, text }) => (text.match(/#[0-9a-f]{3,8}\b|(?<![\w-])[\d.]+(?:px|ms|s)\b|\brgba?\(/gi) ?? []).map((value) => `${file}: ${value}`))
    expect(own).toEqual([])
  })
  test('name only variables that exist', () => {
    const unknown = sheets.flatMap(({ file, text }) => [...text.matchAll(/var\((--hg-[a-z0-9-]+)/g)].filter(([, name]) => !variables.has(name ?? '')).map(([, name]) => `${file}: ${name}`))
    expect(unknown).toEqual([])
  })
})
