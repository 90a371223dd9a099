// Makes a fresh clone ready: packages, then the system parts that the asked-for command needs.
// Runs before everything else on whatever Node the machine has (20.20 or newer), so it uses no package
// and no syntax that Node 20 lacks.
//
//   node build/ensure.mjs [start|test]
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { packagesAreInstalled } from './installed.mjs'
import { ensureSystemParts } from './system.mjs'

const root = join(import.meta.dirname, '..')
const cacheFolder = join(root, 'node_modules', '.cache', 'hourglass')
const cudaProvider = 'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'

/** @param {string} text */
const say = (text) => process.stderr.write(`hourglass: ${text}\n`)

/** @param {string[]} args */
function npm(args) {
  // Listed by package.json's allowScripts for npm 11; npm 10 knows only this variable.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }
  const options = { cwd: root, env, stdio: /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 2]) }
  const script = process.env['npm_execpath']
  const result =
    script && /npm-cli\.c?js$/.test(script)
      ? spawnSync(process.execPath, [script, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  return result.status === 0
}

function installPackages() {
  if (packagesAreInstalled(root)) return
  // Warnings would be about Node's version for packages that only ever run under the Node installed here.
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  say('installing packages (about a minute the first time) …')
  if (npm(['ci', ...flags])) return
  say('`npm ci` did not succeed; trying `npm install` …')
  if (npm(['install', ...flags])) return
  say('packages could not be installed; the lines above say why. Check the network, then run the same command again.')
  process.exit(1)
}

/** The CUDA provider is a separate download of ONNX Runtime (Linux x64 only); tried once, never required. */
function installCudaProvider() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  const tried = join(cacheFolder, 'cuda-provider-tried')
  if (existsSync(tried) || existsSync(join(root, cudaProvider))) return
  if (spawnSync('nvidia-smi', ['-L'], { stdio: 'ignore' }).status !== 0) return
  say('NVIDIA GPU found: fetching the CUDA provider of ONNX Runtime (best effort, at most five minutes) …')
  const script = join(root, 'node_modules/onnxruntime-node/script/install.js')
  const result = spawnSync(process.execPath, [script], {
    cwd: join(root, 'node_modules/onnxruntime-node'),
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'cuda12' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 300_000,
  })
  mkdirSync(cacheFolder, { recursive: true })
  const fetched = result.status === 0 && existsSync(join(root, cudaProvider))
  writeFileSync(tried, `${fetched ? 'fetched' : String(result.stderr)}\n`)
  say(fetched ? 'CUDA provider installed.' : `CUDA provider not available; the CPU is used. Remove ${tried} to try again.`)
}

/** A half-finished install of ONNX Runtime must not stay: without its binary nothing works. */
function checkNativeParts() {
  for (const name of ['onnxruntime-node', 'sharp']) {
    if (existsSync(join(root, 'node_modules', name, 'package.json'))) continue
    say(`the package ${name} is missing although npm reported success; installing again …`)
    rmSync(join(root, 'node_modules/.package-lock.json'), { force: true })
    installPackages()
    return
  }
}

installPackages()
checkNativeParts()
installCudaProvider()
ensureSystemParts(process.argv[2] === 'test' ? 'test' : 'start', cacheFolder, say)
