import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planTargets, type TargetOptions } from '../../../src/cli/colorize/outputs.ts'

const input = (path: string, folder = '') => ({ name: path, path: resolve('/in', path), folder })
const names = (paths: readonly (readonly [string, string?])[], options: TargetOptions) =>
  planTargets(
    paths.map(([path, folder]) => input(path, folder)),
    { outDir: '/out', ...options },
  ).map(({ path }) => path.slice('/out/'.length))

describe('where results go', () => {
  it('keeps names and subfolders, and numbers what would meet, also where only case or ending differ', () => {
    expect(names([['a.jpg'], ['b/a.jpg'], ['A.JPG'], ['x/c.png', 'x']], {})).toEqual(['a.jpg', 'a-2.jpg', 'A-3.JPG', join('x', 'c.png')])
    expect(names([['a.jpg'], ['a.png'], ['a-2.jpg']], { format: 'png' })).toEqual(['a.png', 'a-2.png', 'a-2-2.png'])
  })

  it('never lets a before/after picture fall on another result', () => {
    const targets = planTargets([input('a-compare.jpg'), input('a.jpg')], { outDir: '/out', compare: true })
    const all = targets.flatMap(({ path, compare }) => [path, compare])
    expect(new Set(all).size).toBe(4)
  })

  it("takes the format's ending, keeps one that fits, and PNG for what cannot be written", () => {
    expect(names([['a.jpeg'], ['b.tif'], ['c.heic'], ['d.bmp'], ['e']], {})).toEqual(['a.jpeg', 'b.tif', 'c.png', 'd.png', 'e.png'])
    expect(names([['a.jpeg'], ['b.tif']], { format: 'webp' })).toEqual(['a.webp', 'b.webp'])
  })

  it('takes the format from the name after -o, unless --format says otherwise', () => {
    expect(planTargets([input('a.jpg')], { output: '/x/b.tiff' })).toEqual([{ path: resolve('/x/b.tiff'), format: 'tiff', compare: null }])
    expect(planTargets([input('a.jpg')], { output: '/x/b', format: 'png', compare: true })).toEqual([{ path: resolve('/x/b'), format: 'png', compare: resolve('/x/b-compare') }])
  })

  it('refuses two inputs for one name, and no place at all', () => {
    expect(() => planTargets([input('a.jpg'), input('b.jpg')], { output: 'x.jpg' })).toThrow(/2 inputs/)
    expect(() => planTargets([input('a.jpg')], {})).toThrow(/-o FILE or --out-dir/)
  })
})
