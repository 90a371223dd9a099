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
    .addOption(new Option('--format <FORMAT>', texts.t('help.format')).choices(outputFormat.options))
    .option('--quality <1…100>', texts.t('help.quality', { quality: defaultQuality }), quality)
    .addOption(new Option('--depth <BITS>', texts.t('help.depth')).choices(['8', '16']))
    .option('--compare', texts.t('help.compare'))
    .option('--no-label', texts.t('help.noLabel'))
    .option('--overwrite', texts.t('help.overwrite'))
  return withOutputOptions(command)
}
