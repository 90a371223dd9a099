import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meansGraph, writeGraph } from '../onnxGraph.ts'
import { drawFolders, pythonWithNumpy, twinDifferences } from './twin.ts'
import { hourglass } from './run.ts'

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hourglass-evaluate-'))
  await drawFolders(cwd, 7)
})
afterAll(() => rm(cwd, { recursive: true, force: true }))
const evaluate = (...args: string[]) => hourglass(['evaluate', ...args], { cwd })

describe('hourglass evaluate', () => {
  it('gives one object a picture and a summary with categories, groups, baselines and intervals', async () => {
    const { status, lines } = await evaluate('--real', 'real', '--output', 'output', '--groups', 'groups.csv', '--hints', 'hints', '--strength', '0.5,1', '--json')
    expect(lines.filter(({ event }) => event === 'error')).toEqual([])
    expect(status).toBe(0)
    const results = lines.filter(({ event }) => event === 'result')
    expect(results.map(({ name }) => name)).toEqual(['people/1.png', 'people/2.png', 'people/3.png', 'things/a.png', 'things/b.png'])
    expect(results[1]).toMatchObject({ output: 'people/2.jpg', category: 'people', groups: ['dark'], figures: { output: { psnr: expect.any(Number), hintError: null }, strengths: [{ strength: 0.5 }, { strength: 1 }] } })
    expect(results[0]).toMatchObject({ figures: { output: { hintError: expect.any(Number) }, grey: { colorfulness: 0, psnrOverGrey: 0 } } })
    expect(lines.filter(({ event }) => event === 'progress')).toHaveLength(5)
    const summary = lines.at(-1) as Record<string, never>
    expect(summary).toMatchObject({
      event: 'summary',
      pictures: 5,
      failed: 0,
      unmatched: { real: ['lonely.png'], output: ['extra.png'] },
      resized: [expect.stringContaining('things/b.png: ')],
      categories: { people: { pictures: 3 }, things: { pictures: 2 } },
      groups: { dark: { pictures: 2 } },
      fid: null,
    })
    const { all } = summary as unknown as { all: { output: { psnr: { value: number; low: number; high: number } } } }
    expect(all.output.psnr.low).toBeLessThan(all.output.psnr.value)
    expect(all.output.psnr.high).toBeGreaterThan(all.output.psnr.value)
  })

  it('shows people a table beside the grey copy, and what was resized and left over', async () => {
    const { status, out, err } = await evaluate('--real', 'real', '--output', 'output')
    expect(status).toBe(0)
    for (const words of ['All, 5 pictures', 'Category people, 3 pictures', 'grey copy', 'mean colour', 'Resized to the truth’s size (1): things/b.png', 'Without an output (1): lonely.png', 'Without a truth (1): extra.png']) expect(out).toContain(words)
    expect(err).not.toContain('hourglass:')
  })

  it('goes on where a picture cannot be read, and says so', async () => {
    cpSync(join(cwd, 'output'), join(cwd, 'damaged'), { recursive: true })
    writeFileSync(join(cwd, 'damaged/people/1.png'), 'no picture')
    const { status, lines } = await evaluate('--real', 'real', '--output', 'damaged', '--json')
    expect(status).toBe(1)
    expect(lines.filter(({ event }) => event === 'error')).toMatchObject([{ input: 'people/1.png', code: 'bad-input', remedy: expect.any(String) }])
    expect(lines.at(-1)).toMatchObject({ event: 'summary', pictures: 4, failed: 1 })
  })

  it('has its own word for hints that cannot be used', async () => {
    mkdirSync(join(cwd, 'bad-hints/people'), { recursive: true })
    writeFileSync(join(cwd, 'bad-hints/people/1.hints.json'), '{"version":1,"size":[1,1],"hints":[{"kind":"dot"}]}')
    const { status, lines } = await evaluate('--real', 'real', '--output', 'output', '--hints', 'bad-hints', '--json')
    expect(status).toBe(1)
    expect(lines.find(({ event }) => event === 'error')).toMatchObject({ input: 'people/1.png', message: expect.stringContaining('1.hints.json') })
  })

  it('ends with the status that says why', async () => {
    mkdirSync(join(cwd, 'empty'))
    mkdirSync(join(cwd, 'unread/people'), { recursive: true })
    writeFileSync(join(cwd, 'unread/people/1.png'), 'no picture')
    writeFileSync(join(cwd, 'semicolons.csv'), 'name;group\npeople/1.png;dark\n')
    expect((await evaluate('--real', 'real')).status).toBe(2)
    for (const wrong of [['--strength', 'much'], ['--groups', 'nowhere.csv'], ['--groups', 'semicolons.csv'], ['--hints', 'groups.csv'], ['--inception', 'nowhere.onnx'], ['--inception-range', '1,0']]) {
      expect((await evaluate('--real', 'real', '--output', 'output', ...wrong)).status, wrong.join(' ')).toBe(2)
    }
    const statuses = await Promise.all([['real', 'nowhere'], ['real', 'empty'], ['real', 'groups.csv'], ['hints', 'output'], ['real', 'unread']].map(([real, output]) => evaluate('--real', real!, '--output', output!)))
    expect(statuses.map(({ status }) => status)).toEqual([3, 3, 3, 3, 3])
    expect(statuses.map(({ err }) => /→/.test(err))).toEqual([true, true, true, true, true])
    const unfit = await evaluate('--real', 'real', '--output', 'output', '--inception', 'groups.csv')
    expect([unfit.status, unfit.out]).toEqual([4, ''])
    for (const made of ['empty', 'unread']) rmSync(join(cwd, made), { recursive: true })
  })

  it('adds the Fréchet distance of a network that the user brings, and warns where there are too few pictures', async () => {
    writeGraph(join(cwd, 'means.onnx'), meansGraph())
    const { status, lines } = await evaluate('--real', 'real', '--output', 'output', '--inception', 'means.onnx', '--json')
    expect(status).toBe(0)
    const summary = lines.at(-1) as { fid: Record<string, number>; notes: string[] }
    expect(summary.fid).toMatchObject({ pictures: 5, dimensions: 3 })
    expect(summary.fid['output']).toBeGreaterThan(0)
    expect(summary.fid['output']).toBeLessThan(summary.fid['grey']!)
    expect(summary.notes).toEqual([])
    const few = await evaluate('--real', 'real/things', '--output', 'output/things', '--inception', 'means.onnx')
    expect(few.out).toMatch(/FID \d+\.\d+ \(grey copy .*2 pictures, 3 dimensions/)
    expect(few.out).toContain('fewer pictures than dimensions')
  })

  it.skipIf(!pythonWithNumpy)('agrees with its twin in Python to a thousandth', async () => {
    const options = ['--groups', 'groups.csv', '--hints', 'hints', '--strength', '0.5,1.2', '--frames']
    expect(await twinDifferences(cwd, options)).toMatchObject({ differences: [], compared: expect.any(Number) })
  })
})
