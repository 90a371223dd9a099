import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCycles, checkWalls } from '../../../build/check/walls.ts'
import { rooms } from '../../../build/check/rooms.ts'
import { houseWith } from './house.ts'

const repository = join(import.meta.dirname, '../../..')

describe('the walls between rooms', () => {
  it('stand in a house that keeps the rules', async () => {
    expect((await checkWalls(houseWith({}))).findings).toEqual([])
  })

  const forbidden: [string, string, string, string][] = [
    ['core', 'studio', 'src/core/lab.ts', "import { open } from '../studio/projects.ts'\nexport const lab = open\n"],
    ['renderer', 'main', 'src/renderer/app.tsx', "import type { open } from '../main/projects.ts'\nexport type App = typeof open\n"],
    ['contract', 'core', 'src/contract/errors.ts', "export { open } from '../core/projects.ts'\n"],
    ['engine', 'studio', 'src/engine/process.ts', "export const late = import('../studio/projects.ts')\n"],
    ['cli', 'engine', 'src/cli/index.ts', "import '../engine/projects.ts'\n"],
    ['preload', 'core', 'src/preload/index.ts', "import { open } from '../core/projects.ts'\nopen()\n"],
  ]
  it.each(forbidden)('keep %s from importing %s, and say where the rule stands', async (room, other, file, text) => {
    const root = houseWith({ [file]: text, [`src/${other}/projects.ts`]: 'export const open = (): number => 1\n' })
    const { findings } = await checkWalls(root)
    expect(findings).toEqual([{ rule: 'wall', place: file, message: expect.stringContaining(`room ${room} imports src/${other}/projects.ts of the room ${other}`) }])
    expect(findings[0]?.message).toContain('docs/architecture.md')
  })

  const platforms: [string, string][] = [
    ['src/core/lab.ts', 'node:fs'],
    ['src/renderer/app.tsx', 'path'],
    ['src/engine/process.ts', 'node:sqlite'],
    ['src/web/index.ts', 'node:sqlite'],
    ['src/studio/projects.ts', 'electron'],
    ['src/cli/index.ts', 'electron'],
  ]
  it.each(platforms)('keep %s from naming %s', async (file, module) => {
    const { findings } = await checkWalls(houseWith({ [file]: `import * as it from '${module}'\nexport const names = Object.keys(it)\n` }))
    expect(findings).toMatchObject([{ rule: 'wall', place: file }])
  })

  it('let studio use node:sqlite and main use electron', async () => {
    const root = houseWith({
      'src/studio/projects.ts': "import { DatabaseSync } from 'node:sqlite'\nexport const base = DatabaseSync\n",
      'src/main/index.ts': "import { app } from 'electron'\nimport { base } from '../studio/projects.ts'\nexport const both = [app, base]\n",
    })
    expect((await checkWalls(root)).findings).toEqual([])
  })

  it('have no room for a file that lies in none, nor for an import of what does not exist', async () => {
    const stray = await checkWalls(houseWith({ 'src/utils/text.ts': 'export const text = 1\n' }))
    expect(stray.findings).toMatchObject([{ rule: 'wall', place: 'src/utils/text.ts' }])
    const gone = await checkWalls(houseWith({ 'src/core/lab.ts': "export { gone } from './gone.ts'\n" }))
    expect(gone.findings).toMatchObject([{ rule: 'wall-missing', place: 'src/core/lab.ts' }])
  })

  it('are not said to stand when no source was read', async () => {
    const root = houseWith({})
    await expect(checkWalls(join(root, 'src'))).rejects.toThrow(/0 modules were read/)
  })

  it('are told on the page that messages name: each room is there', () => {
    const page = readFileSync(join(repository, 'docs/architecture.md'), 'utf8')
    for (const room of Object.keys(rooms)) expect(page).toContain(`src/${room}/`)
  })

  it('have a tsconfig of their own in every room', () => {
    expect(Object.keys(rooms).filter((room) => !existsSync(join(repository, 'src', room, 'tsconfig.json')))).toEqual([])
  })
})

describe('cycles', () => {
  it('are caught, each once, with the way round', async () => {
    const root = houseWith({
      'src/core/lab.ts': "import { gamut } from './gamut.ts'\nexport const lab = gamut\n",
      'src/core/gamut.ts': "import { table } from './table.ts'\nexport const gamut = table\n",
      'src/core/table.ts': "import { lab } from './lab.ts'\nexport const table = lab\n",
    })
    const { findings } = await checkCycles(root)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ rule: 'cycle', message: expect.stringMatching(/lab\.ts.*gamut\.ts|gamut\.ts.*table\.ts/) })
  })

  it('of types alone count too', async () => {
    const root = houseWith({
      'src/core/lab.ts': "import type { Gamut } from './gamut.ts'\nexport type Lab = Gamut\n",
      'src/core/gamut.ts': "import type { Lab } from './lab.ts'\nexport type Gamut = Lab\n",
    })
    expect((await checkCycles(root)).findings).toMatchObject([{ rule: 'cycle' }])
  })
})
