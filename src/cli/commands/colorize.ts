import { Command } from 'commander'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import { examples } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'
import { addPictureOptions } from './pictureOptions.ts'

/** `hourglass colorize`: photos in, photos in colour out. */
export function colorizeCommand(): Command {
  const command = new Command('colorize')
    .description(texts.t('help.colorize'))
    .argument('<INPUT...>', texts.t('help.colorize.inputs'))
    .option('-o, --output <FILE>', texts.t('help.output'))
    .option('--out-dir <DIR>', texts.t('help.outDir'))
  addStepOptions(command, colorizeStep)
  command.option('--recipe <FILE>', texts.t('help.colorize.recipe'))
  return addPictureOptions(command)
    .addHelpText(
      'after',
      examples(
        'hourglass colorize grandmother.jpg -o grandmother-colour.jpg',
        'hourglass colorize scans/ --out-dir colour/ --render-factor auto --compare',
        'hourglass colorize letter.tif -o letter.png --hints letter.hints.json --saturation 1.2',
      ),
    )
    .action(async (inputs: string[], options: Record<string, unknown>) => {
      const { colorize } = await import('../colorize/run.ts')
      process.exitCode = await colorize(inputs, options)
    })
}
