import { HourglassError, type ErrorCode } from '../../contract/errors.ts'
import type { ModelId } from '../../contract/ids.ts'
import type { ModelSummary } from '../../contract/models.ts'
import { fault } from '../../core/texts/wording.ts'
import { interruptible } from '../terminal/interrupt.ts'
import { followJobs } from '../terminal/jobs.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch, UsageError } from '../terminal/statuses.ts'
import { withStudio } from '../terminal/studio.ts'
import { texts } from '../terminal/texts.ts'

/** Under what terms a model comes, from where, and what it is known by. */
function termsOf({ licence, download, source }: ModelSummary): string[] {
  const use = licence.commercial ? '' : ` (${texts.t('terminal.notCommercial')})`
  return [
    texts.t('terminal.terms.licence', { licence: `${licence.spdx}${use} ${licence.note}` }),
    texts.t('terminal.terms.from', { address: download?.url ?? source }),
    download?.bytes == null ? texts.t('terminal.terms.sizeUnknown') : texts.t('terminal.terms.size', { bytes: download.bytes }),
    download?.sha256 == null ? texts.t('terminal.terms.sha256Unknown') : texts.t('terminal.terms.sha256', { sha256: download.sha256 }),
  ]
}

/** Shows what would be fetched and under what terms; fetches it once the licence is accepted. */
export async function getModel(id: ModelId, accepted: boolean, reporter: Reporter): Promise<number> {
  const interrupt = interruptible()
  try {
    return await withStudio(reporter.verbose, async (at) => {
      const model = (await at.calls.models.list({})).find((known) => known.id === id)
      if (!model) throw fault('missing-model', 'fault.noModelAnywhere', 'remedy.modelsList', { model: id })
      if (model.state === 'installed' || model.state === 'bundled') {
        reporter.result({ id, state: model.state }, texts.t('terminal.modelHere', { model: id }))
        return exitStatus.done
      }
      if (!accepted) {
        reporter.note([model.title, ...termsOf(model)].join('\n  '))
        throw new UsageError(fault('bad-input', 'fault.licenceNotAccepted', 'remedy.acceptLicence', { model: id }))
      }
      const { job } = await at.calls.models.get({ id, acceptLicence: true })
      reporter.start(1)
      const [ended] = await followJobs(at, [job], interrupt.signal, (changed) => reporter.progress(changed.progress, id, changed.state === 'done'))
      reporter.finish()
      if (ended?.state === 'done') {
        reporter.result({ id, state: 'installed' }, texts.t('terminal.modelInstalled', { model: id }))
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
