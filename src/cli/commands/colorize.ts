import { Command } from 'commander'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import { addPictureOptions } from './pictureOptions.ts'

/** `hourglass colorize`: photos in, photos in colour out. */
export function colorizeCommand(): Command {
  const command = new Command('colorize')
    .description('gives photos their colours; originals are never changed')
    .argument('<INPUT...>', 'photos, or folders with photos (searched recursively)')
    .option('-o, --output <FILE>', 'where the result goes (one input)')
    .option('--out-dir <DIR>', 'folder for the results; names and subfolders are kept')
  addStepOptions(command, colorizeStep)
  command.option('--recipe <FILE>', 'recipe to use (.recipe.json); explicit options win over it')
  return addPictureOptions(command)
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
