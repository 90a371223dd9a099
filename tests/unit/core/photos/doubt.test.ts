import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelCard } from '../../../../src/contract/models.ts'
import { doubtLine, doubtShare, isDoubtful, type Place } from '../../../../src/core/photos/doubt.ts'

/** Places whose chance of a colour 30 units off is `miss(confidence)`, the others 5 off; no randomness. */
function places(count: number, confidenceOf: (part: number) => number, miss: (part: number) => number): Place[] {
  let debt = 0
  return Array.from({ length: count }, (_, i) => {
    const part = (i + 0.5) / count
    debt += miss(part)
    const missed = debt >= 1
    if (missed) debt -= 1
    return { confidence: confidenceOf(part), error: missed ? 30 : 5 }
  })
}

describe('the share in doubt', () => {
  test('is the part of the picture whose confidence lies below the line', () => {
    expect(doubtShare(Float32Array.of(0.1, 0.29, 0.3, 0.9), 0.3)).toBe(0.5)
    expect(doubtShare(new Float32Array(0), 0.3)).toBe(0)
  })

  test('a large one marks a picture for a second look, but never one that was in colour already or of a model that does not say', () => {
    expect(isDoubtful({ doubt: 0.5, alreadyColor: false })).toBe(true)
    expect(isDoubtful({ doubt: 0.2, alreadyColor: false })).toBe(false)
    expect(isDoubtful({ doubt: 0.5, alreadyColor: true })).toBe(false)
    expect(isDoubtful({ doubt: null, alreadyColor: false })).toBe(false)
  })
})

describe('the line of doubt of a model', () => {
  // Wrong nine times of ten where it is least sure, once in ten where it is surest.
  const miss = (part: number): number => 0.9 - 0.8 * part

  test('lies where its colours are wrong as often as not, and parts wrong from right', () => {
    const line = doubtLine(places(5000, (part) => part, miss))
    expect(line?.below).toBeCloseTo(0.5, 1)
    expect(line?.share).toBeCloseTo(0.5, 1)
    expect(line?.errorInside).toBeGreaterThan((line?.errorElsewhere ?? 0) * 1.6)
  })

  test('marks the same places whatever the scale of its confidences', () => {
    const [wide, narrow] = [doubtLine(places(5000, (part) => part, miss)), doubtLine(places(5000, (part) => 0.2 + 0.1 * part ** 3, miss))]
    expect(narrow?.share).toBe(wide?.share)
    expect(narrow?.below).toBeLessThan(0.3)
  })

  test('is not there where even its least sure places are mostly right, or nearly nothing was looked at', () => {
    expect(doubtLine(places(5000, (part) => part, () => 0.3))).toBeNull()
    expect(doubtLine(places(20, (part) => part, miss))).toBeNull()
  })

  test('stands in the card of every model of ours that says how sure it is', () => {
    const models = join(import.meta.dirname, '../../../../models')
    for (const id of readdirSync(models).filter((name) => name.startsWith('colorize-'))) {
      const card = modelCard.parse(JSON.parse(readFileSync(join(models, id, 'card.json'), 'utf8')))
      if (!card.outputs.some(({ meaning }) => meaning === 'confidence' || meaning === 'abSpread')) continue
      expect(card.defaults.doubtBelow, `${id}: node build/doubt.ts measures it`).toBeDefined()
    }
  })
})
