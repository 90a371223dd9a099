import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { locate } from '../../../../src/studio/hosting/locations.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-places-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function product(root: string): void {
  for (const part of ['out/main/chunks', 'src/studio/hosting']) mkdirSync(join(root, part), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"name":"hourglass-studio","version":"1.2.3"}')
}

describe('where things lie', () => {
  it('is the repository where the sources run, and what was built where the build runs', () => {
    product(folder)
    const source = locate({ from: join(folder, 'src/studio/hosting'), env: {} })
    expect(source).toMatchObject({ root: folder, version: '1.2.3', built: false, engine: join(folder, 'src/engine/process.ts'), bundledModels: join(folder, 'models') })
    const built = locate({ from: join(folder, 'out/main/chunks'), env: {} })
    expect(built).toMatchObject({ built: true, engine: join(folder, 'out/main/engine.js'), webHost: join(folder, 'out/main/web.js'), renderer: join(folder, 'out/renderer') })
  })

  it('is beside the archive in an installed app, the engine unpacked from it', () => {
    const root = join(folder, 'resources/app.asar')
    product(root)
    mkdirSync(join(folder, 'resources/models'))
    const places = locate({ from: join(root, 'out/main'), env: {} })
    expect(places.bundledModels).toBe(join(folder, 'resources/models'))
    expect(places.engine).toBe(join(folder, 'resources/app.asar.unpacked/out/main/engine.js'))
    expect(places.renderer).toBe(join(root, 'out/renderer'))
  })

  it("puts data where HOURGLASS_DATA says, else where the system's programs do", () => {
    product(folder)
    const at = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) => locate({ from: join(folder, 'out/main'), env, platform, home: '/home/ann' }).data
    expect(at({ HOURGLASS_DATA: '/d' }, 'linux')).toBe('/d')
    expect(at({}, 'linux')).toBe('/home/ann/.local/share/hourglass-studio')
    expect(at({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/hourglass-studio')
    expect(at({}, 'darwin')).toBe('/home/ann/Library/Application Support/Hourglass Studio')
    expect(at({ APPDATA: '/roaming' }, 'win32')).toBe('/roaming/Hourglass Studio')
  })

  it('takes several model folders from HOURGLASS_MODELS', () => {
    product(folder)
    expect(locate({ from: join(folder, 'out/main'), env: { HOURGLASS_MODELS: `/a${delimiter}${delimiter}/b` } }).extraModels).toEqual(['/a', '/b'])
  })
})
