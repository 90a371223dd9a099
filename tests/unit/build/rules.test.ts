import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkMessages } from '../../../build/check/messages.ts'
import { checkDependenciesPage, checkPackages, dependenciesPage } from '../../../build/check/packages.ts'
import { checkLength, checkNames, checkSuppressions, listUnmirrored } from '../../../build/check/text-rules.ts'
import { checkLint, checkTypes, checkUnused } from '../../../build/check/tools.ts'
import { houseWith } from './house.ts'

const repository = join(import.meta.dirname, '../../..')
const lines = (count: number): string => 'export {}\n'.repeat(count)

describe('length', () => {
  it('allows 400 lines and refuses 401', async () => {
    const root = houseWith({ 'src/core/long.ts': lines(400), 'src/core/longer.ts': lines(401) })
    expect((await checkLength(root)).findings).toEqual([
      { rule: 'length', place: 'src/core/longer.ts', message: 'has 401 lines, more than 400: split it (docs/architecture.md)' },
    ])
  })
})

describe('packages', () => {
  it('that are not listed fail, in the manifest and where they are imported', async () => {
    const root = houseWith({
      'package.json': JSON.stringify({ dependencies: { zod: '4', 'left-pad': '1' } }),
      'src/core/lab.ts': "import pad from 'left-pad'\nexport const text = pad\n",
    })
    expect((await checkPackages(root)).findings).toMatchObject([
      { rule: 'package', place: 'src/core/lab.ts', message: expect.stringContaining('left-pad, which is not listed') },
      { rule: 'package', place: 'package.json', message: expect.stringContaining('left-pad, which is not listed') },
    ])
  })

  it('fail outside the rooms they are listed for', async () => {
    const root = houseWith({
      'src/core/lab.ts': "import sharp from 'sharp'\nexport const open = sharp\n",
      'src/studio/jobs.ts': "import { InferenceSession } from 'onnxruntime-node'\nexport const session = InferenceSession\n",
      'src/engine/open.ts': "import sharp from 'sharp'\nexport const open = sharp\n",
    })
    const { findings } = await checkPackages(root)
    expect(findings.map(({ place }) => place).sort()).toEqual(['src/core/lab.ts', 'src/studio/jobs.ts'])
    expect(findings[0]?.message).toContain('docs/dependencies.md')
  })

  it('are all on the page of dependencies, which fails when it is out of date', async () => {
    const root = houseWith({})
    expect((await checkDependenciesPage(root)).findings).toMatchObject([{ rule: 'package-page' }])
    const written = houseWith({ 'docs/dependencies.md': dependenciesPage(root) })
    expect((await checkDependenciesPage(written)).findings).toEqual([])
  })
})

describe('names', () => {
  it('keep ipcMain in one file and ipcRenderer in preload', async () => {
    const root = houseWith({
      'src/main/ipc.ts': "import { ipcMain } from 'electron'\nipcMain.handle('a', () => 1)\n",
      'src/main/windows.ts': "import { ipcMain } from 'electron'\n// ipcMain in a comment is prose\nipcMain.handle('a', () => 1)\n",
      'src/preload/index.ts': "import { ipcRenderer } from 'electron'\n",
      'src/renderer/app.tsx': "import { ipcRenderer } from 'electron'\n",
    })
    const { findings } = await checkNames(root)
    expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['raw-ipc src/main/windows.ts:1', 'raw-ipc src/main/windows.ts:3', 'raw-ipc src/renderer/app.tsx:1'])
  })

  it('keep colours, sizes and times of the window in the theme', async () => {
    const root = houseWith({
      'src/renderer/ui/theme/tokens.ts': "export const blue = '#2f6fdb'\nexport const rail = '56px'\n",
      'src/renderer/photos/Strip.tsx': "const dot = '#fff'\nconst wide = '96px'\nconst anchor = '#root'\nconst fade = 'opacity 80ms'\nconst rows = 12\n",
    })
    const { findings } = await checkNames(root)
    expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual([
      'theme src/renderer/photos/Strip.tsx:1',
      'theme src/renderer/photos/Strip.tsx:2',
      'theme src/renderer/photos/Strip.tsx:4',
    ])
  })
})

describe('texts', () => {
  const screen = { 'src/renderer/app.tsx': "export const shown = ['queue.title', 'queue.left', `queue.state.${'done'}`]\n" }
  const english = "export const en = { 'queue.title': 'Queue', 'queue.left_one': '{{count}} left', 'queue.left_other': '{{count}} left', 'queue.state.done': 'Done' }\n"
  const chinese = "export const zh = { 'queue.title': '队列', 'queue.left_other': '剩 {{count}} 项', 'queue.state.done': '完成' }\n"
  const catalogue = (en: string, hans: string, hant = chinese): Record<string, string> => ({
    'src/core/texts/en/index.ts': en,
    'src/core/texts/zh-Hans/index.ts': hans,
    'src/core/texts/zh-Hant/index.ts': hant,
  })

  it('pass when each language says the same and each is shown', async () => {
    expect((await checkMessages(houseWith({ ...screen, ...catalogue(english, chinese) }))).findings).toEqual([])
  })

  it('that a language lacks are named', async () => {
    const root = houseWith({ ...screen, ...catalogue(english, chinese.replace("'queue.title': '队列', ", '')) })
    expect((await checkMessages(root)).findings).toMatchObject([{ rule: 'message-missing', place: 'src/core/texts/zh-Hans', message: expect.stringContaining('queue.title') }])
  })

  it('that lost a value on the way are named', async () => {
    const root = houseWith({ ...screen, ...catalogue(english, chinese.replace('剩 {{count}} 项', '剩余')) })
    expect((await checkMessages(root)).findings).toMatchObject([{ rule: 'message-missing', message: expect.stringContaining('queue.left_other') }])
  })

  it('that nothing shows are named', async () => {
    const root = houseWith({ ...catalogue(english, chinese), 'src/renderer/app.tsx': "export const shown = ['queue.title', 'queue.left']\n" })
    expect((await checkMessages(root)).findings).toMatchObject([{ rule: 'message-unused', message: expect.stringContaining('queue.state.done') }])
  })

  it('that cannot be read are an error, not a success', async () => {
    await expect(checkMessages(houseWith({ ...screen, ...catalogue('export {}\n', chinese) }))).rejects.toThrow(/no text was read/)
  })
})

describe('tools', () => {
  it('find an export, a file and a package that nothing uses', async () => {
    const root = houseWith({
      'knip.json': JSON.stringify({ entry: ['src/core/lab.ts'], project: ['src/**/*.ts'] }),
      'src/contract/errors.ts': "export const code = 'bad-input'\nexport const forgotten = 1\n",
      'src/core/alone.ts': 'export const alone = 1\n',
    })
    const { findings } = await checkUnused(root)
    expect(findings).toContainEqual({ rule: 'unused', place: 'src/contract/errors.ts:2', message: 'exports what nothing uses: forgotten' })
    expect(findings).toContainEqual({ rule: 'unused', place: 'src/core/alone.ts', message: 'is used by nothing' })
    expect(findings).toContainEqual(expect.objectContaining({ place: 'package.json', message: 'installs a package that nothing uses: zod' }))
    expect(findings.filter(({ message }) => message.includes('code'))).toEqual([])
  })

  it('find a name of another world: Node in core, a window in the engine', async () => {
    const config = (types: string[]): string => JSON.stringify({ compilerOptions: { lib: ['ES2024'], types, noEmit: true, strict: true, skipLibCheck: true, module: 'esnext', allowImportingTsExtensions: true }, include: ['**/*.ts'] })
    const root = houseWith({
      'src/core/tsconfig.json': config([]),
      'src/core/lab.ts': 'export const where = process.cwd()\n',
      'src/engine/tsconfig.json': config([]),
      'src/engine/open.ts': 'export const width = window.innerWidth\n',
    })
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
    const { findings } = await checkTypes(root)
    expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['types src/core/lab.ts(1,22)', 'types src/engine/open.ts(1,22)'])
  })

  it('find `any` by the rules of the house', async () => {
    const root = houseWith({ 'src/core/lab.ts': 'export const loose = (value: any): unknown => value\n' })
    symlinkSync(join(repository, '.oxlintrc.json'), join(root, '.oxlintrc.json'))
    expect(existsSync(join(root, '.oxlintrc.json'))).toBe(true)
    expect((await checkLint(root)).findings).toMatchObject([{ rule: 'lint', place: 'src/core/lab.ts:1', message: expect.stringContaining('no-explicit-any') }])
  })
})

describe('suppressions', () => {
  it('need a reason', async () => {
    const root = houseWith({
      'src/core/a.ts': '// oxlint-disable-next-line no-console\nexport const a = 1\n',
      'src/core/b.ts': '// oxlint-disable-next-line no-console -- the terminal is the product here\nexport const b = 1\n',
      'src/core/c.ts': '// @ts-ignore: the types are wrong\nexport const c = 1\n',
    })
    const { findings, summary } = await checkSuppressions(root)
    expect(findings.map(({ place }) => place)).toEqual(['src/core/a.ts:1', 'src/core/c.ts:1'])
    expect(summary).toBe('3 suppressions')
  })
})

describe('mirrors', () => {
  it('list the files of core and engine without a test of their name', async () => {
    const root = houseWith({
      'src/core/gamut.ts': 'export {}\n',
      'src/engine/models/tiler.ts': 'export {}\n',
      'src/engine/models/runner.ts': 'export {}\n',
      'src/engine/pictures/open.ts': 'export {}\n',
      'tests/unit/core/lab.test.ts': '',
      'tests/unit/engine/models/tiler.test.ts': '',
      'tests/engine/models/runner.test.ts': '',
    })
    expect(await listUnmirrored(root)).toEqual(['src/core/gamut.ts', 'src/engine/pictures/open.ts'])
  })
})
