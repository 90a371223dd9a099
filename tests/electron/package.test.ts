import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const unpacked = join(repository, `dist/linux${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`)

const filesBelow = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))

// A stand-in for Electron's distribution exists for Linux alone.
describe.skipIf(process.platform !== 'linux')('the packed application', () => {
  it('colours a photo with what was packed alone, and carries nothing that belongs to the workshop', () => {
    const packed = spawnSync(process.execPath, [join(repository, 'build/package.ts'), '--dir', '--stand-in'], { cwd: repository, encoding: 'utf8' })
    expect(packed.stderr, packed.stdout).toContain('proved: the packed engine coloured a sample')
    expect(packed.status).toBe(0)

    const files = filesBelow(join(unpacked, 'resources')).map((file) => file.slice(unpacked.length + 1))
    const needed = ['resources/app.asar', 'resources/THIRD-PARTY-LICENCES.txt', 'resources/models/catalogue.json', 'resources/models/colorize-photo-bootstrap/card.json', 'resources/app.asar.unpacked/out/main/engine.js', 'resources/app.asar.unpacked/out/main/worker.js', 'resources/app.asar.unpacked/out/kernels/color.wasm']
    expect(needed.filter((file) => !files.includes(file))).toEqual([])
    // An archive begins with the list of its files.
    const archive = readFileSync(join(unpacked, 'resources/app.asar'))
    const { files: packedFolders } = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as { files: object }
    expect(Object.keys(packedFolders).sort()).toEqual(['LICENSE', 'node_modules', 'out', 'package.json'])
    const unwanted = files.filter((file) => /\.map$|\.d\.ts$|napi-v6\/(darwin|win32)|\/(electron|vitest|typescript)\//.test(file))
    expect(unwanted).toEqual([])
    // React, zod and the like are bundled: only native parts and what they need come as packages.
    for (const bundled of ['react', 'zod', '@orpc']) expect(existsSync(join(unpacked, 'resources/app.asar.unpacked/node_modules', bundled))).toBe(false)
    expect(readFileSync(join(unpacked, 'resources/THIRD-PARTY-LICENCES.txt'), 'utf8')).toContain('libvips')
  }, 300_000)
})
