import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkTypes } from '../../../build/check/tools.ts'
import { houseWith } from './house.ts'

const repository = join(import.meta.dirname, '../../..')

/** A copy of the rooms in which a test adds something, as the how-to pages tell. */
let root: string
let touched: Set<string>

beforeEach(() => {
  root = houseWith({})
  touched = new Set()
  for (const room of ['contract', 'core', 'engine', 'studio']) cpSync(join(repository, 'src', room), join(root, 'src', room), { recursive: true })
  cpSync(join(repository, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'))
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  // Of the small house that stood here before the copy.
  writeFileSync(join(root, 'src/core/lab.ts'), 'export {}\n')
  // Each room remembers what it checked; a copy must not write into the repository's memory.
  for (const room of ['contract', 'core', 'engine', 'studio']) edit(`src/${room}/tsconfig.json`, (text) => text.replace(/"tsBuildInfoFile": "[^"]*"/, `"tsBuildInfoFile": "../../${room}.tsbuildinfo"`))
  touched.clear()
})

function write(file: string, text: string): void {
  touched.add(file)
  writeFileSync(join(root, file), text)
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(root, file), 'utf8')
  const after = change(before)
  expect(after, `${file} is no longer of the shape that this test edits`).not.toBe(before)
  write(file, after)
}

const problems = async (): Promise<string[]> => (await checkTypes(root)).findings.map(({ place, message }) => `${place}: ${message}`)

describe('adding', () => {
  it('a step takes four files, and the compiler asks for the half that is missing', async () => {
    write(
      'src/core/steps/toy.ts',
      `import type { Step } from './step.ts'
export interface ToyParams { amount: number }
const defaults: ToyParams = { amount: 1 }
export const toyStep: Step<'toy', ToyParams> = {
  id: 'toy', version: 1, label: 'steps.toy', appliesTo: ['photo'], order: 900, migrations: [], defaults,
  parameters: [{ id: 'amount', kind: 'number', label: 'steps.toy.amount', simple: true, min: 0, max: 1, step: 0.1, default: 1 }],
  parse: () => ({ params: defaults, repaired: [] }),
}
`,
    )
    edit('src/core/steps/index.ts', (text) => text.replace(/export const steps = \{/, "export const steps = { toy: toyStep,").replace(/^import /m, "import { toyStep } from './toy.ts'\nimport "))
    const halfDone = await problems()
    expect(halfDone.some((problem) => problem.startsWith('src/engine/steps/index.ts') && problem.includes('toy')), halfDone.join('\n')).toBe(true)
    expect(halfDone.every((problem) => problem.startsWith('src/engine/steps/index.ts')), halfDone.join('\n')).toBe(true)

    write('src/engine/steps/toy.ts', "import type { ToyParams } from '../../core/steps/toy.ts'\nimport type { StepRunner } from './step.ts'\nexport const runToy: StepRunner<ToyParams>['run'] = async (pixels) => ({ pixels, figures: {}, confidence: null, trained: false })\n")
    edit('src/engine/steps/index.ts', (text) => text.replace('= { colorize: {', '= { toy: { run: runToy }, colorize: {').replace(/^import /m, "import { runToy } from './toy.ts'\nimport "))
    expect(await problems()).toEqual([])
    expect(touched.size).toBeLessThanOrEqual(4)
  }, 120_000)

  it('a call takes three files, and the compiler asks for its answer', async () => {
    edit('src/contract/system.ts', (text) => text.replace(/export const systemContract = \{/, 'export const systemContract = {\n  toy: oc.input(z.object({ text: z.string() })).output(z.object({ length: z.number() })),'))
    const halfDone = await problems()
    expect(halfDone.some((problem) => problem.startsWith('src/studio/router.ts') && problem.includes('toy')), halfDone.join('\n')).toBe(true)

    write('src/studio/system/toy.ts', 'export const toy = (text: string): { length: number } => ({ length: text.length })\n')
    edit('src/studio/router.ts', (text) => text.replace(/\n    system: \{/, "\n    system: {\n      toy: on.system.toy.handler(({ input }) => toy(input.text)),").replace(/^import /m, "import { toy } from './system/toy.ts'\nimport "))
    expect(await problems()).toEqual([])
    expect(touched.size).toBeLessThanOrEqual(3)
  }, 120_000)
})
