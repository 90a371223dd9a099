import { describe, expect, it } from 'vitest'
import { packagesAreInstalled } from '../../../build/installed.mjs'
import { houseWith } from './house.ts'

const lock = (packages: object): string => JSON.stringify({ packages: { '': { name: 'small' }, ...packages } })
const wanted = lock({
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/ffmpeg-static': { version: '5.3.0', optional: true },
  'node_modules/@img/sharp-win32-x64': { version: '0.35.5', optional: true },
})
const installedWith = (packages: object): string => houseWith({ 'package-lock.json': wanted, 'node_modules/.package-lock.json': lock(packages) })

describe('packages are taken as installed', () => {
  it('when each is there in its version; optional ones may be missing', () => {
    expect(packagesAreInstalled(installedWith({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(true)
  })

  it('not when one is missing or has another version', () => {
    expect(packagesAreInstalled(installedWith({}))).toBe(false)
    expect(packagesAreInstalled(installedWith({ 'node_modules/zod': { version: '4.6.6' } }))).toBe(false)
  })

  it('not in a fresh clone, nor where npm was interrupted', () => {
    expect(packagesAreInstalled(houseWith({ 'package-lock.json': wanted }))).toBe(false)
    expect(packagesAreInstalled(houseWith({ 'package-lock.json': wanted, 'node_modules/.package-lock.json': '{"packages": {' }))).toBe(false)
  })
})
