import { Command, InvalidArgumentError } from 'commander'
import type { EvaluateArguments } from '../evaluate/run.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { examples } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'

function numbers(text: string): number[] {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (values.some((value) => !Number.isFinite(value))) throw new InvalidArgumentError(texts.t('terminal.usage.numbers'))
  return values
}

function strengths(text: string): number[] {
  const values = numbers(text)
  if (values.length > 20 || values.some((value) => value < 0 || value > 4)) throw new InvalidArgumentError(texts.t('terminal.usage.strengths'))
  return values
}

function range(text: string): [number, number] {
  const [low, high, ...more] = numbers(text)
  if (low === undefined || high === undefined || more.length > 0 || low >= high) throw new InvalidArgumentError(texts.t('terminal.usage.range'))
  return [low, high]
}

function side(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 16) throw new InvalidArgumentError(texts.t('terminal.usage.wholeFrom', { min: 16 }))
  return value
}

/** `hourglass evaluate`: figures for two folders matched by name. */
export function evaluateCommand(): Command {
  return withOutputOptions(
    new Command('evaluate')
      .description(texts.t('help.evaluate'))
      .requiredOption('--real <DIR>', texts.t('help.evaluate.real'))
      .requiredOption('--output <DIR>', texts.t('help.evaluate.output'))
      .option('--strength <LIST>', texts.t('help.evaluate.strength'), strengths)
      .option('--side <N>', texts.t('help.evaluate.side'), side)
      .option('--hints <DIR>', texts.t('help.evaluate.hints'))
      .option('--groups <FILE>', texts.t('help.evaluate.groups'))
      .option('--frames', texts.t('help.evaluate.frames'))
      .option('--inception <FILE>', texts.t('help.evaluate.inception'))
      .option('--inception-range <LOW,HIGH>', texts.t('help.evaluate.inceptionRange'), range),
  )
    .addHelpText(
      'after',
      examples(
        'hourglass evaluate --real truth/ --output colour/',
        'hourglass evaluate --real truth/ --output colour/ --strength 0.5,1 --json',
        'hourglass evaluate --real frames/ --output coloured/ --frames --side 640',
        texts.t('help.evaluate.page'),
      ),
    )
    .action((options: ReporterOptions & EvaluateArguments) =>
      runCommand(options, async (reporter) => {
        const { evaluate } = await import('../evaluate/run.ts')
        return evaluate(options, reporter)
      }),
    )
}
