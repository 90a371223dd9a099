import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCard } from '../../../src/contract/models.ts'
import { goldenFolder, goldenOf, type Golden } from './golden.ts'

const models = join(import.meta.dirname, '../../../models')
const shipped = readdirSync(models, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
const takesHints = (id: string): boolean => modelCard.parse(JSON.parse(readFileSync(join(models, id, 'card.json'), 'utf8'))).inputs.some(({ role }) => role.startsWith('hint'))
const kept = (id: string): Golden => JSON.parse(readFileSync(join(goldenFolder, `${id}.json`), 'utf8')) as Golden

/** Lab units that processors with other vector units may differ by; a wrong scale or order of channels is tens of them. */
const tolerance = 0.1

function apart(ours: readonly number[], theirs: readonly number[]): number {
  return ours.length === theirs.length ? ours.reduce((most, value, i) => Math.max(most, Math.abs(value - (theirs[i] as number))), 0) : Infinity
}

describe('the models in the box', () => {
  it('all have golden answers, and no golden answers are of a model that went', () => {
    expect(readdirSync(goldenFolder).sort()).toEqual(shipped.map((id) => `${id}.json`).sort())
  })

  it.each(shipped)('%s answers as it did when its weights were taken in (else: node build/models.ts)', async (id) => {
    const golden = kept(id)
    const { sha256, cases } = await goldenOf(join(models, id))
    expect(sha256).toBe(golden.sha256)
    expect(cases.map(({ name, networkSize, size }) => ({ name, networkSize, size }))).toEqual(golden.cases.map(({ name, networkSize, size }) => ({ name, networkSize, size })))
    for (const [i, now] of cases.entries()) {
      const then = golden.cases[i] as Golden['cases'][number]
      expect(apart(now.a, then.a)).toBeLessThan(tolerance)
      expect(apart(now.b, then.b)).toBeLessThan(tolerance)
      expect(now.confidence === null).toBe(then.confidence === null)
      if (now.confidence && then.confidence) expect(apart(now.confidence, then.confidence)).toBeLessThan(tolerance / 10)
    }
  })

  it.each(shipped.filter(takesHints))('%s follows the hints of its golden input', (id) => {
    const [, hinted] = kept(id).cases
    if (!hinted) throw new Error('there are two cases')
    const [width, height] = hinted.size
    const at = (plane: readonly number[], share: number): number => plane[Math.floor(share * height) * width + Math.floor(share * width)] as number
    expect(at(hinted.a, 0.25)).toBeGreaterThan(at(hinted.a, 0.75))
    expect(at(hinted.b, 0.25)).toBeGreaterThan(at(hinted.b, 0.75))
  })
})
