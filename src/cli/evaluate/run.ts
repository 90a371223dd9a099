import { readFileSync, statSync } from 'node:fs'
import { HourglassError, type ErrorCode } from '../../contract/errors.ts'
import { readGroups } from '../../core/evaluate/names.ts'
import { fault } from '../../core/texts/wording.ts'
import { interruptible } from '../terminal/interrupt.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch, UsageError } from '../terminal/statuses.ts'
import { withStudio } from '../terminal/studio.ts'
import { texts } from '../terminal/texts.ts'
import { pictureLine, summaryText } from './table.ts'

export interface EvaluateArguments {
  readonly real: string
  readonly output: string
  readonly hints?: string
  readonly groups?: string
  readonly frames?: boolean
  readonly strength?: number[]
  readonly side?: number
  readonly inception?: string
  readonly inceptionRange?: [number, number]
}

/** A file or folder that an option names must be usable: else the command line is wrong. */
function checkFiles({ hints, groups, inception }: EvaluateArguments): void {
  const kindOf = (path: string) => statSync(path, { throwIfNoEntry: false })
  if (hints !== undefined && !kindOf(hints)?.isDirectory()) throw new UsageError(fault('bad-input', 'fault.hintsNoFolder', 'remedy.folderOfHints', { folder: hints }))
  if (inception !== undefined && !kindOf(inception)?.isFile()) throw new UsageError(fault('bad-input', 'fault.optionNoFile', 'remedy.pathOfOnnx', { option: '--inception', file: inception }))
  if (groups === undefined) return
  if (!kindOf(groups)?.isFile()) throw new UsageError(fault('bad-input', 'fault.optionNoFile', 'remedy.checkPath', { option: '--groups', file: groups }))
  if (readGroups(readFileSync(groups, 'utf8')).rows.length === 0) throw new UsageError(fault('bad-input', 'fault.groupsEmpty', 'remedy.lineForEach', { file: groups }))
}

/** Measures what the options name and answers the exit status. One bad picture does not stop the others. */
export async function evaluate(options: EvaluateArguments, reporter: Reporter): Promise<number> {
  checkFiles(options)
  const interrupt = interruptible()
  try {
    return await withStudio(reporter.verbose, async ({ calls, grant }) => {
      const events = await calls.evaluate.folders(
        {
          real: grant(options.real),
          output: grant(options.output),
          ...(options.hints && { hints: grant(options.hints) }),
          ...(options.groups && { groups: grant(options.groups) }),
          frames: options.frames ?? false,
          ...(options.strength && { strengths: options.strength }),
          side: options.side ?? null,
          ...(options.inception && { inception: { file: grant(options.inception), range: options.inceptionRange ?? [0, 1] } }),
        },
        { signal: interrupt.signal },
      )
      const failures: ErrorCode[] = []
      let finished = 0
      for await (const event of events) {
        if (event.type === 'start') reporter.start(event.total)
        else if (event.type === 'progress') reporter.progress(event.done, event.name)
        else if (event.type === 'picture') {
          finished++
          reporter.result(event.picture, pictureLine(event.picture))
          reporter.progress(event.done, event.picture.name, true)
        } else if (event.type === 'failed') {
          failures.push(event.error.code)
          reporter.error(HourglassError.fromData(event.error), event.name)
          reporter.progress(event.done, event.name, true)
        } else {
          reporter.finish()
          reporter.summary({ ...event.summary, notes: event.summary.notes.map(texts.say) }, summaryText(event.summary))
        }
      }
      reporter.finish()
      return interrupt.interrupted ? exitStatus.cancelled : statusOfBatch(finished, failures)
    })
  } finally {
    reporter.finish()
    interrupt.release()
  }
}
