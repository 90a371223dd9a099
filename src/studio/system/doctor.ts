import { accessSync, constants, mkdirSync } from 'node:fs'
import { cpus, freemem, totalmem } from 'node:os'
import { asHourglassError } from '../../contract/errors.ts'
import type { Finding } from '../../contract/system.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { engineConfig } from '../engine-client/config.ts'
import type { Models } from '../models/models.ts'
import { environmentError } from '../settings/environment.ts'
import type { SettingsStore } from '../settings/settings.ts'
import { freeMegabytes, type System } from './system.ts'

export interface DoctorOptions {
  readonly version: string
  readonly data: string
  readonly engine: EngineClient
  readonly models: Models
  readonly settings: SettingsStore
  readonly system: System
}

/** Below this there is no room for a large picture and its result, MB. */
const littleSpaceMb = 500

const good = (name: string, value: string): Finding => ({ name, ok: true, value, remedy: null })
const bad = (name: string, value: string, remedy: string): Finding => ({ name, ok: false, value, remedy })

/** Asks something that may fail, and tells of the failure as one more finding. */
async function attempt(name: string, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask()
  } catch (thrown) {
    const error = asHourglassError(thrown)
    return [bad(name, error.message, error.remedy)]
  }
}

/** Everything that can be wrong with an installation, tried for real: what works, what does not, why, and what to do. */
export async function examine(options: DoctorOptions): Promise<Finding[]> {
  return [
    good('Hourglass Studio', options.version),
    good('Node', process.versions.node),
    good('System', `${process.platform} ${process.arch}, ${cpus().length} cores`),
    ...(await attempt('Engine', async () => engineFindings(options))),
    ...(await attempt('Providers', async () => providerFindings(options))),
    ...(await attempt('ffmpeg', async () => ffmpegFindings(options.engine))),
    memoryFinding(options),
    ...diskFindings(options.data),
    ...(await attempt('Models', async () => modelFindings(options.models))),
    ...environmentFindings(options.settings),
  ]
}

async function engineFindings({ engine }: DoctorOptions): Promise<Finding[]> {
  const { rssMb } = await engine.run('memory', {}, { priority: 'visible' })
  return [good('Engine', `answers, process ${engine.pid ?? '?'}, ${Math.round(rssMb)} MB`)]
}

async function providerFindings({ system }: DoctorOptions): Promise<Finding[]> {
  const reports = await system.probe()
  return reports.map((report) => {
    const name = `Provider ${report.name}`
    const time = report.ms === null ? '' : `, ${Math.round(report.ms)} ms`
    // Only the processor has to work; the others are a gift.
    return { name, ok: report.usable || report.name !== 'cpu', value: `${report.usable ? 'works' : 'not usable'}: ${report.reason}${time}`, remedy: report.usable ? null : report.remedy }
  })
}

async function ffmpegFindings(engine: EngineClient): Promise<Finding[]> {
  const found = await engine.run('probeFfmpeg', {}, { priority: 'visible' })
  const remedy = 'Install ffmpeg (Debian: apt install ffmpeg), or name it in HOURGLASS_FFMPEG. Photographs do without it.'
  if (!found.ffmpeg) return [bad('ffmpeg', found.problem ?? 'not found', remedy)]
  const findings = [found.problem ? bad('ffmpeg', `${found.version ?? '?'} at ${found.ffmpeg}: ${found.problem}`, remedy) : good('ffmpeg', `${found.version ?? '?'} at ${found.ffmpeg}`)]
  findings.push(found.ffprobe ? good('ffprobe', found.ffprobe) : bad('ffprobe', 'not found', 'Put ffprobe beside ffmpeg.'))
  return findings
}

function memoryFinding({ settings, version }: DoctorOptions): Finding {
  const limit = engineConfig(settings.current, version).memoryMb
  const mb = (bytes: number): number => Math.round(bytes / 2 ** 20)
  const value = `${mb(freemem())} of ${mb(totalmem())} MB free, the engine may use ${limit} MB`
  return limit > mb(totalmem()) ? bad('Memory', value, 'Set a smaller limit in Settings, or HOURGLASS_MEMORY_MB.') : good('Memory', value)
}

function diskFindings(data: string): Finding[] {
  try {
    mkdirSync(data, { recursive: true })
    accessSync(data, constants.W_OK)
  } catch {
    return [bad('Data folder', `${data} cannot be written`, 'Allow writing there, or name another folder in HOURGLASS_DATA.')]
  }
  const free = freeMegabytes(data)
  const value = `${data}, ${free} MB free`
  return [free < littleSpaceMb ? bad('Data folder', value, 'Make room on this disk, or name a folder on another in HOURGLASS_DATA.') : good('Data folder', value)]
}

async function modelFindings(models: Models): Promise<Finding[]> {
  const verified = await models.verify()
  if (verified.length === 0) return [bad('Models', 'none installed', 'Add one with "hourglass models add", or name a folder in HOURGLASS_MODELS.')]
  return verified.map(({ id, ok, message }) => (ok ? good(`Model ${id}`, message || 'works') : bad(`Model ${id}`, message, 'Get or add it again, or remove it.')))
}

function environmentFindings(settings: SettingsStore): Finding[] {
  return settings.environment.findings.map((found) =>
    found.usable ? good(found.variable, `${found.value} (wins over the settings)`) : bad(found.variable, `“${found.value}” cannot be used and is passed over`, environmentError(found).remedy),
  )
}
