import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isBuilt, markBuilt } from '../../../build/fresh.ts'
import { houseWith } from './house.ts'

function builtHouse(): string {
  const root = houseWith({ 'package-lock.json': '{}' })
  mkdirSync(join(root, 'out'))
  markBuilt(root)
  return root
}

describe('a build is done again', () => {
  it('not while its sources are the same', () => {
    expect(isBuilt(builtHouse())).toBe(true)
  })

  it('in a fresh clone', () => {
    expect(isBuilt(houseWith({}))).toBe(false)
  })

  it('when a source changed, came or went', () => {
    const changed = builtHouse()
    utimesSync(join(changed, 'src/core/lab.ts'), 1, 1)
    expect(isBuilt(changed)).toBe(false)
    const came = builtHouse()
    writeFileSync(join(came, 'src/core/new.ts'), '')
    expect(isBuilt(came)).toBe(false)
    const went = builtHouse()
    rmSync(join(went, 'src/core/lab.ts'))
    expect(isBuilt(went)).toBe(false)
  })

  it('when the packages changed', () => {
    const root = builtHouse()
    writeFileSync(join(root, 'package-lock.json'), '{"changed": true}')
    expect(isBuilt(root)).toBe(false)
  })
})
