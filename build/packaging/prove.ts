// Proves that a packed application works from where it lies: starts its own engine and has it colour one of its own
// samples with its own model. No Electron is needed: the engine is the same process under any host.
//
//   node build/packaging/prove.ts dist/linux-unpacked
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { EngineInput, EngineOutput, EngineProcess } from '../../src/contract/engine.ts'
import { forkEngine } from '../../src/studio/hosting/fork-engine.ts'
import { say } from '../run.ts'

const limitMs = 120_000

/** Size of a folder in bytes. */
function folderSize(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** Asks the engine for one export and waits for its answer. */
function exportWith(engine: EngineProcess, input: EngineInput<'export'>): Promise<EngineOutput<'export'>> {
  return new Promise((answer, reject) => {
    const timer = setTimeout(() => reject(new Error(`the packed engine gave no answer within ${limitMs / 1000} s`)), limitMs)
    engine.onExit((code) => reject(new Error(`the packed engine ended with status ${code} before it answered`)))
    engine.onMessage((message) => {
      if (message.type === 'ready') {
        engine.post({ type: 'configure', config: { provider: 'cpu', threads: 2, memoryMb: 1024, version: 'proof' } })
        engine.post({ type: 'task', id: 1, name: 'export', input, priority: 'job' })
      } else if (message.type === 'settled') {
        clearTimeout(timer)
        if (message.ok) answer(message.output as EngineOutput<'export'>)
        else reject(new Error(`${message.error.code}: ${message.error.message}`))
      }
    })
  })
}

/** Throws unless the application in `folder` (electron-builder's unpacked one) colours a picture by itself. */
async function prove(folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'hourglass-packed-'))
  // Packages are looked up in every folder above a file: in place, one that was left out would be found in the
  // repository's node_modules. A copy outside of it has only what was packed.
  const packed = join(scratch, 'resources')
  cpSync(join(folder, 'resources'), packed, { recursive: true, verbatimSymlinks: true })
  const unpacked = join(packed, 'app.asar.unpacked')
  const sample = join(packed, 'resources/samples/photo-family.jpg')
  const model = readdirSync(join(packed, 'models')).find((name) => existsSync(join(packed, 'models', name, 'card.json')))
  if (!model) throw new Error('no model with a card was packed')
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HOURGLASS_') && name !== 'NODE_PATH'))
  let complaints = ''
  const engine = forkEngine({ entry: join(unpacked, 'out/main/engine.js'), env, onLog: (text) => (complaints += text) })()
  try {
    const { figures, bytes } = await exportWith(engine, {
      source: { path: sample },
      recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params: {} }] },
      model: join(packed, 'models', model),
      target: join(scratch, 'coloured.png'),
      format: 'png',
      quality: 90,
      depth: 8,
      label: true,
      compare: null,
      overwrite: false,
    })
    if (statSync(join(scratch, 'coloured.png')).size !== bytes) throw new Error('the file that the packed engine wrote is not the one it tells of')
    say(`proved: the packed engine coloured a sample with ${model} (colourfulness ${figures.colorfulness.toFixed(1)}).`)
    say(`size of the application: ${Math.round(folderSize(folder) / 1e6)} MB`)
  } catch (error) {
    throw new Error(`The packed engine does not work: ${error instanceof Error ? error.message : String(error)}\n${complaints}`, { cause: error })
  } finally {
    engine.kill()
    rmSync(scratch, { recursive: true, force: true })
  }
}

try {
  await prove(resolve(process.argv[2] ?? 'dist/linux-unpacked'))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
