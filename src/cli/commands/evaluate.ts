import { Command, InvalidArgumentError } from 'commander'
import type { EvaluateArguments } from '../evaluate/run.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
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
      .description('figures for two folders of pictures matched by name, beside those of the grey copy and of one mean colour')
      .requiredOption('--real <DIR>', 'the true pictures; first-level folders are categories')
      .requiredOption('--output <DIR>', 'the pictures to judge, under the same names (endings may differ)')
      .option('--strength <LIST>', "the output's colour is judged at these strengths too (default 0.6,0.8,1,1.2,1.4)", strengths)
      .option('--side <N>', "longest side at which pictures are compared (default: the truth's own size)", side)
      .option('--hints <DIR>', 'the hints that were given: NAME.hints.json for each picture')
      .option('--groups <FILE>', 'CSV of name,group: figures for each group too')
      .option('--frames', 'the pictures are numbered frames: flicker too')
      .option('--inception <FILE>', 'network of features (.onnx) for the Fréchet distance (FID)')
      .option('--inception-range <LOW,HIGH>', 'range of the values that network takes (default 0,1)', range),
  )
    .addHelpText(
      'after',
      `
Examples:
  hourglass evaluate --real truth/ --output colour/
  hourglass evaluate --real truth/ --output colour/ --strength 0.5,1 --json
  hourglass evaluate --real frames/ --output coloured/ --frames --side 640

docs/evaluate.md says what each figure is, and what fools it.`,
    )
    .action((options: ReporterOptions & EvaluateArguments) =>
      runCommand(options, async (reporter) => {
        const { evaluate } = await import('../evaluate/run.ts')
        return evaluate(options, reporter)
      }),
    )
}
