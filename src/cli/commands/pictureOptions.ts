import { InvalidArgumentError, Option, type Command } from 'commander'
import { defaultQuality, outputFormat } from '../../contract/pictures.ts'
import { withOutputOptions } from '../terminal/command.ts'
import { texts } from '../terminal/texts.ts'

function quality(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 100) throw new InvalidArgumentError(texts.t('terminal.usage.wholeWithin', { min: 1, max: 100 }))
  return value
}

/** How results are written: the options of every command that turns pictures into pictures. */
export function addPictureOptions(command: Command): Command {
  command
    .addOption(new Option('--format <FORMAT>', "format of the results (default: that of -o, else the input's)").choices(outputFormat.options))
    .option('--quality <1…100>', `quality of JPEG, WebP and AVIF (default ${defaultQuality}; a lossless WebP stays lossless as WebP)`, quality)
    .addOption(new Option('--depth <BITS>', 'bits a channel (default: as the input)').choices(['8', '16']))
    .option('--compare', 'add a before/after picture beside each result')
    .option('--no-label', 'do not say in the metadata that colour was given by a network')
    .option('--overwrite', 'replace results that stand already')
  return withOutputOptions(command)
}
