import type { ProviderName } from '../../contract/settings.ts'
import type { ProviderReport } from '../../contract/system.ts'
import type { Said, Wording } from '../../contract/texts.ts'
import { phrase } from '../../core/texts/wording.ts'
import { warmUpGraph } from './graph.ts'
import { loadOnnx } from './onnx.ts'
import { carriedHere, providerOf, sessionOptions, titleOf } from './providers.ts'

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

function reportOf(name: ProviderName, reason: Said & { wording: Wording }, remedy: Said | null, ms: number | null = null): ProviderReport {
  return { name, usable: ms !== null, reason: reason.message, remedy: remedy?.message ?? null, ms, wording: { reason: reason.wording, remedy: remedy?.wording ?? null } }
}

/** What is to be said of a provider that this system's runtime does not even contain; null where it has to be tried. */
export function notCarried(name: ProviderName): ProviderReport | null {
  const provider = providerOf(name)
  return carriedHere(provider) ? null : reportOf(name, phrase('check.notCarried', { provider: titleOf(provider) }), null)
}

/**
 * Warms one provider up in this process, with a tiny graph, and compares the answer with the processor's.
 * Run it in a process that may die: drivers can take it with them.
 */
export async function probeHere(name: ProviderName): Promise<ProviderReport> {
  const missing = notCarried(name)
  if (missing) return missing
  const row = providerOf(name)
  const { remedy } = row
  const provider = titleOf(row)
  try {
    const answer = await runOn(name)
    if (name !== 'cpu') {
      const truth = await runOn('cpu')
      const error = answer.values.reduce((most, value, i) => Math.max(most, Math.abs(value - (truth.values[i] ?? 0))), 0)
      if (!(error <= tolerance)) return reportOf(name, phrase('check.computesElse', { provider, error: error.toPrecision(2) }), remedy)
    }
    return reportOf(name, phrase('check.providerFine', { provider }), null, answer.ms)
  } catch (thrown) {
    return reportOf(name, phrase('check.doesNotStart', { provider, reason: plain(thrown) }), remedy)
  }
}
