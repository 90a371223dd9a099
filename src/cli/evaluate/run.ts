import { HourglassError, type ErrorCode } from '../../contract/errors.ts'
import { interruptible } from '../terminal/interrupt.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch } from '../terminal/statuses.ts'
import { withStudio } from '../terminal/studio.ts'
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

/** Measures what the options name and answers the exit status. One bad picture does not stop the others. */
export async function evaluate(options: EvaluateArguments, reporter: Reporter): Promise<number> {
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
          strengths: options.strength ?? [],
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
          reporter.summary({ ...event.summary }, summaryText(event.summary))
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
