import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCard } from '../../../src/contract/models.ts'
import { goldenFolder, goldenOf, type Golden, type GoldenCase } from './golden.ts'

const models = join(import.meta.dirname, '../../../models')
const shipped = readdirSync(models, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
const takesHints = (id: string): boolean => modelCard.parse(JSON.parse(readFileSync(join(models, id, 'card.json'), 'utf8'))).inputs.some(({ role }) => role.startsWith('hint'))
const kept = (id: string): Golden => JSON.parse(readFileSync(join(goldenFolder, `${id}.json`), 'utf8')) as Golden

/** What processors with other vector units may differ by: in Lab units, where a wrong scale or order of channels is tens of them, and of 1. */
const tolerance = { lab: 0.1, share: 0.01 }

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
    const shape = ({ name, networkSize, size, every, planes }: GoldenCase): unknown => ({ name, networkSize, size, every, planes: Object.keys(planes) })
    expect(cases.map(shape)).toEqual(golden.cases.map(shape))
    for (const [i, { planes }] of cases.entries()) {
      for (const [of, plane] of Object.entries(planes)) {
        expect(apart(plane, golden.cases[i]?.planes[of] ?? []), of).toBeLessThan(of === 'a' || of === 'b' ? tolerance.lab : tolerance.share)
      }
    }
  })

  it.each(shipped.filter(takesHints))('%s follows the hints of its golden input', (id) => {
    const [, hinted] = kept(id).cases
    if (!hinted) throw new Error('there are two cases')
    const [width, height] = hinted.size.map((side) => Math.floor(side / hinted.every)) as [number, number]
    const at = (of: 'a' | 'b', share: number): number => hinted.planes[of]?.[Math.floor(share * height) * width + Math.floor(share * width)] ?? Number.NaN
    expect(at('a', 0.25)).toBeGreaterThan(at('a', 0.75))
    expect(at('b', 0.25)).toBeGreaterThan(at('b', 0.75))
  })
})
