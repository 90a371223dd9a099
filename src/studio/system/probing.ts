import type { SpawnEngine } from '../../contract/engine.ts'
import { asHourglassError } from '../../contract/errors.ts'
import type { ProviderName } from '../../contract/settings.ts'
import type { ProviderReport } from '../../contract/system.ts'
import { phrase } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { askThrowAway } from '../engine-client/throw-away.ts'

/** How long a provider may take to warm up, ms: drivers compile their kernels the first time. */
const patienceMs = 30_000

async function tryOne(spawn: SpawnEngine, name: ProviderName): Promise<ProviderReport> {
  try {
    return await askThrowAway(spawn, 'probeProvider', { name }, patienceMs)
  } catch (thrown) {
    const error = asHourglassError(thrown)
    const remedy = phrase(name === 'cpu' ? 'check.remedy.cpu' : 'check.remedy.driver')
    const wording = error.wording && { reason: { key: error.wording.message, values: error.wording.values }, remedy: remedy.wording }
    return { name, usable: false, reason: error.message, remedy: remedy.message, ms: null, wording }
  }
}

/**
 * Tries every provider that this system could have, one after the other, each in a throw-away engine: a driver that
 * takes its process with it takes nothing else.
 */
export async function probeProviders(engine: Pick<EngineClient, 'run'>, spawn: SpawnEngine): Promise<ProviderReport[]> {
  const reports: ProviderReport[] = []
  for (const { name, report } of await engine.run('listProviders', {}, { priority: 'visible', resend: true })) {
    reports.push(report ?? (await tryOne(spawn, name)))
  }
  return reports
}

/**
 * Kinds of hardware, fastest first. WebGPU is experimental in this runtime: used when asked for, never chosen. The
 * times of a probe say nothing here: its graph is tiny, and the processor wins it.
 */
const preferred: readonly ProviderName[] = ['cuda', 'dml', 'coreml', 'cpu']

/** The provider to use where the user left it open: the fastest kind that works; null where nothing was tried yet. */
export function fastestUsable(reports: readonly ProviderReport[]): ProviderName | null {
  if (reports.length === 0) return null
  return preferred.find((name) => reports.some((report) => report.name === name && report.usable)) ?? 'cpu'
}
