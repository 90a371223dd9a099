import { HourglassError, type ErrorCode } from '../../contract/errors.ts'
import type { ModelId } from '../../contract/ids.ts'
import { interruptible } from '../terminal/interrupt.ts'
import { followJobs } from '../terminal/jobs.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch, UsageError } from '../terminal/statuses.ts'
import { withStudio } from '../terminal/studio.ts'

/** Shows what would be fetched and under what terms; fetches it once the licence is accepted. */
export async function getModel(id: ModelId, accepted: boolean, reporter: Reporter): Promise<number> {
  const interrupt = interruptible()
  try {
    return await withStudio(reporter.verbose, async (at) => {
      const model = (await at.calls.models.list({})).find((known) => known.id === id)
      if (!model) throw new HourglassError('missing-model', `There is no model ${id}, neither here nor in the catalogue.`, 'hourglass models list shows what there is.')
      if (model.state === 'installed' || model.state === 'bundled') {
        reporter.result({ id, state: model.state }, `${id} is here already.`)
        return exitStatus.done
      }
      if (!accepted) {
        const { licence, download } = model
        reporter.note(`${model.title}\n  licence: ${licence.spdx}${licence.commercial ? '' : ' (not for commercial use)'} ${licence.note}\n  from: ${download?.url ?? model.source}\n  size: ${download?.bytes ?? 'not known'} bytes\n  SHA-256: ${download?.sha256 ?? 'not published'}`)
        throw new UsageError(`The licence of ${id} has not been accepted.`, `Read it, then: hourglass models get ${id} --accept-licence`)
      }
      const { job } = await at.calls.models.get({ id, acceptLicence: true })
      reporter.start(1)
      const [ended] = await followJobs(at, [job], interrupt.signal, (changed) => reporter.progress(changed.progress, id, changed.state === 'done'))
      reporter.finish()
      if (ended?.state === 'done') {
        reporter.result({ id, state: 'installed' }, `${id} is installed.`)
        return exitStatus.done
      }
      const failures: ErrorCode[] = [ended?.error?.code ?? 'cancelled']
      if (ended?.error) reporter.error(HourglassError.fromData(ended.error), id)
      return statusOfBatch(0, failures)
    })
  } finally {
    interrupt.release()
  }
}
