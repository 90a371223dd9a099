import { Command, InvalidArgumentError, Option } from 'commander'
import { defaultQuality, outputFormat } from '../../contract/pictures.ts'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import { texts } from '../terminal/texts.ts'

function quality(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 100) throw new InvalidArgumentError(texts.t('terminal.usage.wholeWithin', { min: 1, max: 100 }))
  return value
}

/** `hourglass colorize`: photos in, photos in colour out. */
export function colorizeCommand(): Command {
  const command = new Command('colorize')
    .description('gives photos their colours; originals are never changed')
    .argument('<INPUT...>', 'photos, or folders with photos (searched recursively)')
    .option('-o, --output <FILE>', 'where the result goes (one input)')
    .option('--out-dir <DIR>', 'folder for the results; names and subfolders are kept')
  addStepOptions(command, colorizeStep)
  return command
    .option('--recipe <FILE>', 'recipe to use (.recipe.json); explicit options win over it')
    .addOption(new Option('--format <FORMAT>', "format of the results (default: that of -o, else the input's)").choices(outputFormat.options))
    .option('--quality <1…100>', `quality of JPEG, WebP and AVIF (default ${defaultQuality}; a lossless WebP stays lossless as WebP)`, quality)
    .addOption(new Option('--depth <BITS>', 'bits a channel (default: as the input)').choices(['8', '16']))
    .option('--compare', 'add a before/after picture beside each result')
    .option('--no-label', 'do not say in the metadata that colour was given by a network')
    .option('--overwrite', 'replace results that stand already')
    .option('--json', 'one JSON object a line on stdout, and nothing else')
    .option('--verbose', "show the engine's log and technical details of errors")
    .addHelpText(
      'after',
      `
Examples:
  hourglass colorize grandmother.jpg -o grandmother-colour.jpg
  hourglass colorize scans/ --out-dir colour/ --render-factor auto --compare
  hourglass colorize letter.tif -o letter.png --hints letter.hints.json --saturation 1.2`,
    )
    .action(async (inputs: string[], options: Record<string, unknown>) => {
      const { colorize } = await import('../colorize/run.ts')
      process.exitCode = await colorize(inputs, options)
    })
}
