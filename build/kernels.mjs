// Compiles the pixel kernels (src/engine/kernels/assembly/*.ts, AssemblyScript) to out/kernels/*.wasm.
// Run by itself (`node build/kernels.mjs`) or through `buildKernels()` from other build scripts and test set-ups.
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = join(root, 'src', 'engine', 'kernels', 'assembly')
const target = join(root, 'out', 'kernels')

/** Newest modification time (ms) of the files under a folder and of this script. */
async function newest(folder) {
  let latest = (await stat(fileURLToPath(import.meta.url))).mtimeMs
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) latest = Math.max(latest, (await stat(join(entry.parentPath, entry.name))).mtimeMs)
  }
  return latest
}

/**
 * Compiles what is older than its source; every file directly in the source folder is one module.
 * @param {{ force?: boolean, log?: (line: string) => void }} [options]
 * @returns {Promise<string[]>} the paths of all modules
 */
export async function buildKernels({ force = false, log = () => {} } = {}) {
  const latest = await newest(sources)
  const entries = (await readdir(sources)).filter((name) => name.endsWith('.ts'))
  await mkdir(target, { recursive: true })
  const built = []
  for (const entry of entries) {
    const out = join(target, entry.replace(/\.ts$/, '.wasm'))
    built.push(out)
    const age = await stat(out).then((s) => s.mtimeMs, () => 0)
    if (!force && age > latest) continue
    const started = performance.now()
    await writeFileWhole(out, await compile(join(sources, entry)))
    log(`kernels: ${entry} compiled in ${Math.round(performance.now() - started)} ms`)
  }
  return built
}

/** Written beside and renamed, so that two builds at once never leave half a module. */
async function writeFileWhole(path, bytes) {
  const beside = `${path}.${process.pid}.tmp`
  await writeFile(beside, bytes)
  await rename(beside, path)
}

async function compile(entry) {
  // Loaded only when something has to be compiled: the compiler takes half a second to start.
  const { default: asc } = await import('assemblyscript/asc')
  const outputs = new Map()
  const { error, stderr } = await asc.main(
    [entry, '--outFile', 'module.wasm', '--optimizeLevel', '3', '--shrinkLevel', '0', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'relaxed-simd', '--memoryBase', '1024', '--initialMemory', '1'],
    { writeFile: (name, contents) => outputs.set(name, contents) },
  )
  const wasm = outputs.get('module.wasm')
  if (error || !wasm) throw new Error(`The kernel ${entry} did not compile:\n${stderr.toString().slice(0, 2000)}`, { cause: error })
  return wasm
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels({ log: console.log, force: process.argv.includes('--force') })
