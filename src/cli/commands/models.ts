import { Command } from 'commander'
import { modelId } from '../../contract/ids.ts'
import type { ModelSummary } from '../../contract/models.ts'
import { fault } from '../../core/texts/wording.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { exitStatus, UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'

function megabytes(bytes: number | null): string {
  return bytes === null ? texts.t('terminal.sizeUnknown') : `${(bytes / 1e6).toFixed(1)} MB`
}

/** Two lines a model: what it is, and under what terms. */
function sentence(model: ModelSummary): string {
  const mark = model.isDefault ? '*' : ' '
  const terms = `${model.licence.spdx}${model.licence.commercial ? '' : `, ${texts.t('terminal.notCommercial')}`}`
  const size = model.download ? megabytes(model.download.bytes) : megabytes(model.bytes)
  const problem = model.problem ? `\n    ${model.problem}` : ''
  const from = model.state === 'available' && model.download ? `\n    ${texts.t('terminal.from', { address: model.download.url })}` : ''
  return `${mark} ${model.id}  ${texts.t(`terminal.state.${model.state}`)}  ${model.task}\n    ${model.title}; ${size}; ${terms}${from}${problem}`
}

function checkedId(text: string) {
  const parsed = modelId.safeParse(text)
  if (!parsed.success) throw new UsageError(fault('bad-input', 'fault.noModelId', 'remedy.modelsListIds', { text }))
  return parsed.data
}

/** `hourglass models …`: what is installed, what can be had. */
export function modelsCommand(): Command {
  const models = new Command('models').description('models that are installed, and those that can be had')

  models.addCommand(
    withOutputOptions(new Command('list'))
      .description('every model, the default of its task marked with *')
      .addHelpText('after', '\nExample:\n  hourglass models list')
      .action((options: ReporterOptions) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          for (const model of await withStudio(reporter.verbose, ({ calls }) => calls.models.list({}))) reporter.result({ ...model }, sentence(model))
          return exitStatus.done
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('get'))
      .description('fetches a model of the catalogue; its licence is shown first')
      .argument('<ID>')
      .option('--accept-licence', 'accept the licence shown')
      .addHelpText('after', '\nExample:\n  hourglass models get colorize-ddcolor --accept-licence')
      .action((id: string, options: ReporterOptions & { acceptLicence?: boolean }) =>
        runCommand(options, async (reporter) => {
          const { getModel } = await import('../models/get.ts')
          return getModel(checkedId(id), options.acceptLicence ?? false, reporter)
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('add'))
      .description('adds a model file; a known network needs no card')
      .argument('<FILE>', 'the .onnx file')
      .option('--card <CARD>', 'its card.json')
      .addHelpText('after', '\nExample:\n  hourglass models add network.onnx --card card.json')
      .action((file: string, options: ReporterOptions & { card?: string }) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          const model = await withStudio(reporter.verbose, ({ calls, grant }) => calls.models.add({ grant: grant(file), ...(options.card && { card: grant(options.card) }) }))
          reporter.result({ ...model }, sentence(model))
          return exitStatus.done
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('verify'))
      .description('checks installed models: hash, card against network, one run')
      .argument('[ID]', 'only this one')
      .addHelpText('after', '\nExample:\n  hourglass models verify')
      .action((id: string | undefined, options: ReporterOptions) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          const which = id === undefined ? {} : { id: checkedId(id) }
          const answers = await withStudio(reporter.verbose, ({ calls }) => calls.models.verify(which))
          for (const answer of answers) reporter.result({ ...answer }, `${answer.ok ? '✓' : '✗'} ${answer.id}  ${answer.message}`)
          return answers.every(({ ok }) => ok) ? exitStatus.done : exitStatus.missingPart
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('remove'))
      .description('removes a model that was added or fetched')
      .argument('<ID>')
      .addHelpText('after', '\nExample:\n  hourglass models remove colorize-ddcolor')
      .action((id: string, options: ReporterOptions) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          await withStudio(reporter.verbose, ({ calls }) => calls.models.remove({ id: checkedId(id) }))
          reporter.result({ id, removed: true }, texts.t('terminal.modelRemoved', { model: id }))
          return exitStatus.done
        }),
      ),
  )
  return models
}
