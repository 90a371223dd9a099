import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { providerName, type ProviderName } from '../../contract/settings.ts'
import { providerReport, type ProviderReport } from '../../contract/system.ts'
import { warmUpGraph } from './graph.ts'
import { probeArgument } from '../workers/arguments.ts'
import { loadOnnx } from './onnx.ts'
import { carriedHere, providerOf, providers, sessionOptions } from './providers.ts'

const patienceMs = 30_000
/** A provider may round otherwise than the processor, not more (relative to values of about 1). */
const tolerance = 1e-2

/** The first line of what the runtime says, without its own file names and conditions. */
function plain(thrown: unknown): string {
  const line = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? ''
  return (/was false\. (.+)$/.exec(line)?.[1] ?? line).slice(0, 200)
}

async function runOn(name: ProviderName): Promise<{ values: Float32Array; ms: number }> {
  const onnx = await loadOnnx()
  const session = await onnx.InferenceSession.create(warmUpGraph(), sessionOptions(name, 1))
  try {
    const x = new onnx.Tensor('float32', Float32Array.from({ length: 32 * 32 }, (_, i) => Math.sin(i)), [1, 1, 32, 32])
    await session.run({ x })
    const from = performance.now()
    const { y } = await session.run({ x })
    return { values: y?.data as Float32Array, ms: performance.now() - from }
  } finally {
    await session.release()
  }
}

/**
 * Warms one provider up in this process, with a tiny graph, and compares the answer with the processor's.
 * Run it in a process that may die: drivers can take it with them.
 */
export async function probeHere(name: ProviderName): Promise<ProviderReport> {
  const provider = providerOf(name)
  const remedy = provider.remedy || null
  if (!carriedHere(provider)) {
    return { name, usable: false, reason: `${provider.title} is not part of ONNX Runtime on this system.`, remedy: null, ms: null }
  }
  try {
    const answer = await runOn(name)
    if (name !== 'cpu') {
      const truth = await runOn('cpu')
      const error = answer.values.reduce((most, value, i) => Math.max(most, Math.abs(value - (truth.values[i] ?? 0))), 0)
      if (!(error <= tolerance)) return { name, usable: false, reason: `${provider.title} computes something else than the processor (off by ${error.toPrecision(2)}).`, remedy, ms: null }
    }
    return { name, usable: true, reason: `${provider.title} works.`, remedy: null, ms: answer.ms }
  } catch (thrown) {
    return { name, usable: false, reason: `${provider.title} does not start: ${plain(thrown)}`, remedy, ms: null }
  }
}

/** In the throw-away process: tells the parent what became of one provider, and leaves. */
export async function answerProbe(name: string): Promise<void> {
  const report = await probeHere(providerName.parse(name))
  process.send?.(report, undefined, undefined, () => process.exit(0))
}

/** Electron's own processes cannot be forked as Node; there the owner asks a throw-away engine instead. */
const canFork = !process.versions['electron']

function probeInChild(name: ProviderName, entry: string): Promise<ProviderReport> {
  const provider = providerOf(name)
  return new Promise((resolve) => {
    const child = fork(entry, [`${probeArgument}${name}`], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    let settled = false
    let said = ''
    const settle = (report: ProviderReport): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(report)
    }
    const failed = (reason: string): void => settle({ name, usable: false, reason, remedy: provider.remedy || null, ms: null })
    const timer = setTimeout(() => failed(`${provider.title} did not answer within ${patienceMs / 1000} s.`), patienceMs)
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-300)
    })
    child.on('message', (message) => {
      const report = providerReport.safeParse(message)
      if (report.success) settle(report.data)
    })
    child.on('error', (error) => failed(`The probe of ${provider.title} could not be started: ${error.message}`))
    child.on('exit', (code, signal) => failed(`${provider.title} ended the process it was tried in (${signal ?? code}). ${said.trim().split('\n').at(-1) ?? ''}`.trim()))
  })
}

/**
 * Tries providers one by one, each in a process of its own where the platform allows it.
 * @param names those to try; default: all that this product knows
 * @param entry address (file:) of the engine's entry, which serves as the throw-away process
 */
export async function probeProviders(entry: string, names: readonly ProviderName[] = providers.map(({ name }) => name)): Promise<ProviderReport[]> {
  const path = fileURLToPath(entry)
  const reports: ProviderReport[] = []
  for (const name of names) {
    // What the system's library does not even contain needs no process to find out.
    const inChild = canFork && carriedHere(providerOf(name))
    reports.push(await (inChild ? probeInChild(name, path) : probeHere(name)))
  }
  return reports
}

/** The provider to use when the user left it open: the first usable one in the order of the table. */
export function fastestUsable(reports: readonly ProviderReport[]): ProviderName {
  const order = providers.map(({ name }) => name)
  // WebGPU is experimental in this runtime: used when asked for, never chosen.
  return reports.filter(({ usable, name }) => usable && name !== 'webgpu').sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))[0]?.name ?? 'cpu'
}
