import { resolve } from 'node:path'
import type { EngineInput, EngineOutput } from '../../contract/engine.ts'
import type { ClipInfo } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import { readable } from '../../core/film/rational.ts'
import { fault } from '../../core/texts/wording.ts'
import { clipIndexes, locate } from '../../studio/hosting/locations.ts'
import { toldNotes } from '../colorize/run.ts'
import { openFileStudio } from '../terminal/files.ts'
import { interruptible } from '../terminal/interrupt.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { asUsage, exitStatus, UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'

type FilmTask = 'clipInfo' | 'clipFrame' | 'clipShots'

/** Asks the engine one thing about a film; Ctrl-C ends it, and its ffmpeg with it. */
async function ask<Name extends FilmTask>(name: Name, input: EngineInput<Name>, shown: string, reporter: Reporter): Promise<EngineOutput<Name>> {
  const interrupt = interruptible()
  const studio = openFileStudio(reporter.verbose, 'film')
  reporter.start(1)
  try {
    return await studio.engine.run(name, input, { signal: interrupt.signal, priority: 'job', waitForEnd: true, onProgress: (done) => reporter.progress(done, texts.t('terminal.clip.reading', { input: shown })) })
  } finally {
    reporter.finish()
    interrupt.release()
    await studio.close()
  }
}

const cacheFolder = (): string => clipIndexes(locate().data)

function described(file: string, info: ClipInfo): string {
  const { frames, rate, variableRate, duration, width, height, codec, pixelFormat, fieldOrder, sar, rotation, packets, audio, subtitles, timecode } = info
  const lines = [
    texts.t('terminal.clip.frames', { input: file, frames, rate: readable(rate), variable: variableRate ? texts.t('terminal.clip.variable') : '', duration: readable(duration) }),
    texts.t('terminal.clip.picture', { width, height, codec, pixelFormat, fields: fieldOrder, sar, rotation }),
    texts.t('terminal.clip.streams', { audio: audio.length, subtitles: subtitles.length, timecode: timecode ?? '–' }),
    texts.t('terminal.clip.checked', { packets }),
    ...info.warnings.map((warning) => texts.t('terminal.clip.warning', { message: texts.say(warning) })),
  ]
  return lines.join('\n')
}

export interface InfoOptions {
  /** Where shots are written. */
  readonly shots?: string
  readonly overwrite?: boolean
  /** Of numbered pictures. */
  readonly rate?: Rational
}

/** Tells what is true of a clip and answers the exit status. */
export async function clipInfo(file: string, options: InfoOptions, reporter: Reporter): Promise<number> {
  const { shots: output, overwrite = false, rate = null } = options
  const info = await ask('clipInfo', { path: resolve(file), cache: cacheFolder(), verify: true, rate }, file, reporter).catch((thrown: unknown) => {
    throw asUsage(thrown, new Set(['fault.rateOfFilm']))
  })
  const found = output === undefined ? null : await ask('clipShots', { path: resolve(file), cache: cacheFolder(), target: { path: resolve(output), overwrite } }, file, reporter)
  const told = found === null || output === undefined ? [] : [texts.t('terminal.clip.shots', { count: found.shots.length, output })]
  reporter.result({ input: file, ...info, warnings: toldNotes(info.warnings), ...found }, [described(file, info), ...told].join('\n'))
  return exitStatus.done
}

export interface FrameOptions {
  readonly output?: string
  readonly hash?: boolean
  readonly verify?: boolean
  readonly overwrite?: boolean
}

/** Gives one exact frame and answers the exit status. A number outside the clip is a wrong command line. */
export async function clipFrame(file: string, frame: number, options: FrameOptions, reporter: Reporter): Promise<number> {
  const { output, hash = false, verify = false, overwrite = false } = options
  if (output === undefined && !hash) throw new UsageError(fault('bad-input', 'fault.framePlaceMissing', 'remedy.frameHelp'))
  const target = output === undefined ? null : { path: resolve(output), overwrite }
  const found = await ask('clipFrame', { path: resolve(file), cache: cacheFolder(), frame, verify, target }, file, reporter).catch((thrown: unknown) => {
    throw asUsage(thrown, new Set(['fault.noSuchFrame', 'fault.stillNoPng']))
  })
  const { width, height, time } = found
  const told = output === undefined ? [] : [texts.t('terminal.clip.still', { input: file, frame, output, width, height, time: readable(time) })]
  reporter.result({ input: file, ...(output !== undefined && { output }), ...found }, [...told, ...(hash ? [found.hash] : [])].join('\n'))
  return exitStatus.done
}
