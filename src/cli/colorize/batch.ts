import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { picturesAtOnce } from '../../contract/engine.ts'
import { asHourglassError, type ErrorCode } from '../../contract/errors.ts'
import type { OutputFormat } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import type { ColorizeFileRequest, FileRunOptions } from '../../studio/files.ts'
import { openFileStudio, type TerminalStudio } from '../terminal/files.ts'
import { interruptible } from '../terminal/interrupt.ts'
import { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch, UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'
import { listInputs, type Input, type InputList } from './inputs.ts'
import { originalsAmong } from './originals.ts'
import { checkPlace, planTargets, type Target } from './outputs.ts'

/** Options of every command that turns pictures into pictures. */
export interface BatchOptions {
  readonly output?: string
  readonly outDir?: string
  readonly format?: OutputFormat
  readonly quality?: number
  readonly depth?: '8' | '16'
  readonly compare?: boolean
  readonly label?: boolean
  readonly overwrite?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

/** What one input came to. */
export interface Finished {
  /** The `result` line of --json. */
  readonly line: Record<string, unknown>
  /** The same for people. */
  readonly sentence: string
  /** What a person should know besides; one that holds for a whole batch is said once. */
  readonly remarks: readonly string[]
}

/** Work on one input; started anew where the engine died under it. */
export type Work = (input: Input, target: Target, run: FileRunOptions & { readonly signal: AbortSignal }) => Promise<Finished>

/** What is done with inputs before they are worked on, and with results afterwards. */
export interface Around {
  /** Endings that are looked for in folders. */
  readonly endings: readonly string[]
  /** Files that hold pages become those pages. */
  readonly open: (studio: TerminalStudio, list: InputList, signal: AbortSignal) => Promise<InputList>
  /** Called once all inputs are through, unless cancelled. */
  readonly close: (studio: TerminalStudio, reporter: Reporter) => Promise<void>
}

const attempts = 3

/** Makes the folder of a result. @throws HourglassError `no-space`, `not-writable` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') throw fault('no-space', 'fault.noSpaceForFolder', 'remedy.roomOrOtherFolder', { folder }, { cause })
    if (code === 'ENAMETOOLONG') throw fault('not-writable', 'fault.folderNameTooLong', 'remedy.shorterName', { folder }, { cause })
    throw fault('not-writable', 'fault.folderNotMade', 'remedy.folderMayWrite', { folder }, { cause })
  }
}

/** What the options say of a target, for the studio. */
export function exportRequest(input: Input, target: Target, options: BatchOptions): Omit<ColorizeFileRequest, 'recipe'> {
  return {
    input: input.path,
    target: target.path,
    format: target.format,
    quality: options.quality ?? null,
    depth: options.depth === undefined ? 'same' : options.depth === '8' ? 8 : 16,
    label: options.label ?? true,
    compare: options.compare ?? false,
    overwrite: options.overwrite ?? false,
  }
}

/** An engine that dies under a picture costs one more try, and another; a picture that kills it each time is told. */
async function untilWhole<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (thrown) {
      if (asHourglassError(thrown).code !== 'engine-crashed' || attempt === attempts || signal.aborted) throw thrown
    }
  }
}

/**
 * Works on all that the arguments name and answers the exit status. One bad file does not stop the others; a full disk,
 * a missing model and Ctrl-C do.
 * @param prepare checks the options before any input is looked for, and says what is done with each
 * @param begin checks what depends on the inputs, before any is touched; true where nothing is left to do
 * @param around opens inputs that hold others, and packs what was made of them
 */
export async function runBatch(names: readonly string[], options: BatchOptions, prepare: (studio: TerminalStudio) => Promise<Work>, begin?: (inputs: readonly Input[], reporter: Reporter) => Promise<boolean>, around?: Around): Promise<number> {
  checkPlace(options)
  const reporter = new Reporter(options)
  const studio = openFileStudio(options.verbose ?? false)
  const interrupt = interruptible()
  const folders = new Set<string>()
  const failures: ErrorCode[] = []
  const said = new Set<string>()
  let finished = 0
  const fail = (thrown: unknown, input: string): void => {
    const error = asHourglassError(thrown)
    failures.push(error.code)
    if (error.code !== 'cancelled') reporter.error(error, input)
  }

  try {
    const work = await prepare(studio)
    const named = await listInputs(names, options.outDir ?? null, around?.endings)
    const list = around ? await around.open(studio, named, interrupt.signal) : named
    if (await begin?.(list.inputs, reporter)) return exitStatus.done
    const targets = planTargets(list.inputs, options)
    const originals = await originalsAmong(list.inputs)
    for (const { name, error } of list.failures) fail(error, name)

    const total = list.inputs.length
    const shares = new Array<number>(total).fill(0)
    const doneSoFar = (): number => shares.reduce((sum, share) => sum + share, 0)
    if (total > 0) reporter.start(total)

    const one = async (index: number, input: Input, target: Target): Promise<void> => {
      try {
        await makeFolder(dirname(target.path))
        folders.add(dirname(target.path))
        await originals.spare(target)
        const onProgress = (done: number): void => {
          shares[index] = done * 0.999
          reporter.progress(doneSoFar(), input.name)
        }
        const { line, sentence, remarks } = await untilWhole(() => work(input, target, { signal: interrupt.signal, onProgress }), interrupt.signal)
        finished += 1
        reporter.result({ ...line, input: input.name }, sentence)
        const fresh = remarks.filter((text) => !said.has(text))
        for (const text of reporter.json ? [] : fresh) reporter.note(`  ${text}`)
        for (const text of fresh) said.add(text)
      } catch (thrown) {
        fail(thrown, input.name)
        // Nothing that follows would fit either.
        if (asHourglassError(thrown).code === 'no-space') interrupt.stop()
      }
      shares[index] = 1
      reporter.progress(doneSoFar(), input.name, true)
    }

    let next = 0
    const worker = async (): Promise<void> => {
      for (let index = next++; index < total && !interrupt.signal.aborted; index = next++) {
        const [input, target] = [list.inputs[index], targets[index]]
        if (input && target) await one(index, input, target)
      }
    }
    await Promise.all(Array.from({ length: Math.min(picturesAtOnce, total) }, worker))
    reporter.finish()
    if (finished > 0 && !interrupt.interrupted) await around?.close(studio, reporter)
    if (interrupt.interrupted) {
      if (!reporter.json) reporter.note(`hourglass: ${texts.t('terminal.cancelled', { done: finished, total })}`)
      return exitStatus.cancelled
    }
    return statusOfBatch(finished, failures.filter((code) => code !== 'cancelled'))
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown
    fail(thrown, names[0] ?? '')
    return statusOfBatch(finished, failures)
  } finally {
    reporter.finish()
    await studio.close()
    await studio.sweep(folders)
    interrupt.release()
  }
}
