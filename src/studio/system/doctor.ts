import { accessSync, constants, mkdirSync } from 'node:fs'
import { cpus, freemem, totalmem } from 'node:os'
import { asHourglassError } from '../../contract/errors.ts'
import type { Said, Wording } from '../../contract/texts.ts'
import { phrase, valueOf } from '../../core/texts/wording.ts'
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

/** A name of the system itself, the same in every language, or a text of the catalogue. */
type Told = string | Said

function findingOf(ok: boolean, name: Told, value: Told, remedy: Told | null): Finding {
  const plain = (told: Told): string => (typeof told === 'string' ? told : told.message)
  const worded = (told: Told | null): Wording | undefined => (told === null || typeof told === 'string' ? undefined : told.wording)
  const wording = { name: worded(name), value: worded(value), remedy: worded(remedy) }
  return { name: plain(name), ok, value: plain(value), remedy: remedy === null ? null : plain(remedy), wording }
}

const good = (name: Told, value: Told): Finding => findingOf(true, name, value, null)
const bad = (name: Told, value: Told, remedy: Told): Finding => findingOf(false, name, value, remedy)

/** Asks something that may fail, and tells of the failure as one more finding. */
async function attempt(name: Told, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask()
  } catch (thrown) {
    const { message, remedy, wording } = asHourglassError(thrown)
    const say = (text: string, key: string | undefined): Said => ({ message: text, ...(key !== undefined && { wording: { key, values: wording?.values } }) })
    return [bad(name, say(message, wording?.message), say(remedy, wording?.remedy))]
  }
}

/** Everything that can be wrong with an installation, tried for real: what works, what does not, why, and what to do. */
export async function examine(options: DoctorOptions): Promise<Finding[]> {
  return [
    good('Hourglass Studio', options.version),
    good('Node', process.versions.node),
    good(phrase('check.system'), phrase('check.systemIs', { platform: process.platform, arch: process.arch, cores: cpus().length })),
    ...(await attempt(phrase('check.engine'), async () => engineFindings(options))),
    ...(await attempt(phrase('check.providers'), async () => providerFindings(options))),
    ...(await attempt('ffmpeg', async () => ffmpegFindings(options.engine))),
    memoryFinding(options),
    ...diskFindings(options.data),
    ...(await attempt(phrase('check.models'), async () => modelFindings(options.models))),
    ...environmentFindings(options.settings),
  ]
}

async function engineFindings({ engine }: DoctorOptions): Promise<Finding[]> {
  const { rssMb } = await engine.run('memory', {}, { priority: 'visible' })
  return [good(phrase('check.engine'), phrase('check.engineAnswers', { pid: engine.pid ?? '?', mb: Math.round(rssMb) }))]
}

async function providerFindings({ system }: DoctorOptions): Promise<Finding[]> {
  const reports = await system.probe()
  return reports.map((report) => {
    const reason = report.wording?.reason ?? report.reason
    const works = report.ms === null ? phrase('check.providerWorks', { reason }) : phrase('check.providerWorksIn', { reason, ms: Math.round(report.ms) })
    const value = report.usable ? works : phrase('check.providerNotUsable', { reason })
    const remedy = report.usable || report.remedy === null ? null : { message: report.remedy, wording: report.wording?.remedy ?? undefined }
    // Only the processor has to work; the others are a gift.
    return findingOf(report.usable || report.name !== 'cpu', phrase('check.provider', { name: report.name }), value, remedy)
  })
}

async function ffmpegFindings(engine: EngineClient): Promise<Finding[]> {
  const found = await engine.run('probeFfmpeg', {}, { priority: 'visible' })
  const remedy = phrase('check.installFfmpeg')
  if (!found.ffmpeg) return [bad('ffmpeg', found.problem ?? phrase('check.notFound'), remedy)]
  const place = { version: found.version ?? '?', path: found.ffmpeg }
  const findings = [found.problem ? bad('ffmpeg', phrase('check.programProblem', { ...place, problem: valueOf(found.problem) }), remedy) : good('ffmpeg', phrase('check.programAt', place))]
  findings.push(found.ffprobe ? good('ffprobe', found.ffprobe) : bad('ffprobe', phrase('check.notFound'), phrase('check.ffprobeBeside')))
  return findings
}

function memoryFinding({ settings, version }: DoctorOptions): Finding {
  const limit = engineConfig(settings.current, version).memoryMb
  const mb = (bytes: number): number => Math.round(bytes / 2 ** 20)
  const name = phrase('check.memory')
  const value = phrase('check.memoryIs', { free: mb(freemem()), total: mb(totalmem()), limit })
  return limit > mb(totalmem()) ? bad(name, value, phrase('check.smallerLimit')) : good(name, value)
}

function diskFindings(data: string): Finding[] {
  const name = phrase('check.dataFolder')
  try {
    mkdirSync(data, { recursive: true })
    accessSync(data, constants.W_OK)
  } catch {
    return [bad(name, phrase('check.cannotWrite', { folder: data }), phrase('check.otherData'))]
  }
  const free = freeMegabytes(data)
  const value = phrase('check.freeIn', { folder: data, mb: free })
  return [free < littleSpaceMb ? bad(name, value, phrase('check.makeRoom')) : good(name, value)]
}

async function modelFindings(models: Models): Promise<Finding[]> {
  const verified = await models.verify()
  if (verified.length === 0) return [bad(phrase('check.models'), phrase('check.noneInstalled'), phrase('check.addModel'))]
  return verified.map(({ id, ok, ...told }) => {
    const name = phrase('check.model', { id })
    return ok ? good(name, told.message ? told : phrase('check.works')) : bad(name, told, phrase('check.getAgain'))
  })
}

function environmentFindings(settings: SettingsStore): Finding[] {
  return settings.environment.findings.map((found) =>
    found.usable ? good(found.variable, phrase('check.winsOver', { value: found.value })) : bad(found.variable, phrase('check.passedOver', { value: found.value }), { message: environmentError(found).remedy, wording: found.allowed }),
  )
}
