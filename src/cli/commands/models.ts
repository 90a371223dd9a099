import { Command } from 'commander'
import { modelId } from '../../contract/ids.ts'
import type { ModelSummary } from '../../contract/models.ts'
import { fault } from '../../core/texts/wording.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { exitStatus, UsageError } from '../terminal/statuses.ts'
import { examples } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'

function megabytes(bytes: number | null): string {
  return bytes === null ? texts.t('terminal.sizeUnknown') : `${(bytes / 1e6).toFixed(1)} MB`
}

/** Two lines a model: what it is, and under what terms. */
function sentence(model: ModelSummary): string {
  const mark = model.isDefault ? '*' : ' '
  const terms = `${model.licence.spdx}${model.licence.commercial ? '' : `, ${texts.t('terminal.notCommercial')}`}`
  const size = model.download ? megabytes(model.download.bytes) : megabytes(model.bytes)
  const problem = model.problem ? `\n    ${texts.say(model.problem)}` : ''
  const from = model.state === 'available' && model.download ? `\n    ${texts.t('terminal.from', { address: model.download.url })}` : ''
  return `${mark} ${model.id}  ${texts.t(`terminal.state.${model.state}`)}  ${model.task}\n    ${model.title}; ${size}; ${terms}${from}${problem}`
}

/** The `result` line of a model: what is wrong with it as a sentence. */
const lineOf = (model: ModelSummary): Record<string, unknown> => ({ ...model, problem: model.problem && texts.say(model.problem) })

function checkedId(text: string) {
  const parsed = modelId.safeParse(text)
  if (!parsed.success) throw new UsageError(fault('bad-input', 'fault.noModelId', 'remedy.modelsListIds', { text }))
  return parsed.data
}

/** `hourglass models …`: what is installed, what can be had. */
export function modelsCommand(): Command {
  const models = new Command('models').description(texts.t('help.models'))

  models.addCommand(
    withOutputOptions(new Command('list'))
      .description(texts.t('help.models.list'))
      .addHelpText('after', examples('hourglass models list'))
      .action((options: ReporterOptions) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          for (const model of await withStudio(reporter.verbose, ({ calls }) => calls.models.list({}))) reporter.result(lineOf(model), sentence(model))
          return exitStatus.done
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('get'))
      .description(texts.t('help.models.get'))
      .argument('<ID>')
      .option('--accept-licence', texts.t('help.models.accept'))
      .addHelpText('after', examples('hourglass models get colorize-ddcolor --accept-licence'))
      .action((id: string, options: ReporterOptions & { acceptLicence?: boolean }) =>
        runCommand(options, async (reporter) => {
          const { getModel } = await import('../models/get.ts')
          return getModel(checkedId(id), options.acceptLicence ?? false, reporter)
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('add'))
      .description(texts.t('help.models.add'))
      .argument('<FILE>', texts.t('help.models.file'))
      .option('--card <CARD>', texts.t('help.models.card'))
      .addHelpText('after', examples('hourglass models add network.onnx --card card.json'))
      .action((file: string, options: ReporterOptions & { card?: string }) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          const model = await withStudio(reporter.verbose, ({ calls, grant }) => calls.models.add({ grant: grant(file), ...(options.card && { card: grant(options.card) }) }))
          reporter.result(lineOf(model), sentence(model))
          return exitStatus.done
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('verify'))
      .description(texts.t('help.models.verify'))
      .argument('[ID]', texts.t('help.models.only'))
      .addHelpText('after', examples('hourglass models verify'))
      .action((id: string | undefined, options: ReporterOptions) =>
        runCommand(options, async (reporter) => {
          const { withStudio } = await import('../terminal/studio.ts')
          const which = id === undefined ? {} : { id: checkedId(id) }
          const answers = await withStudio(reporter.verbose, ({ calls }) => calls.models.verify(which))
          for (const answer of answers) {
            const { id: model, ok } = answer
            const message = texts.say(answer)
            reporter.result({ id: model, ok, message }, `${ok ? '✓' : '✗'} ${model}  ${message}`)
          }
          return answers.every(({ ok }) => ok) ? exitStatus.done : exitStatus.missingPart
        }),
      ),
  )

  models.addCommand(
    withOutputOptions(new Command('remove'))
      .description(texts.t('help.models.remove'))
      .argument('<ID>')
      .addHelpText('after', examples('hourglass models remove colorize-ddcolor'))
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
