import { Command } from 'commander'
import type { InfoOptions } from '../film/clips.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import { examples } from '../terminal/help.ts'
import { frameNumber, pictureRate } from '../terminal/numbers.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { texts } from '../terminal/texts.ts'

/** `hourglass clip-info`: what is true of a film. */
export function clipInfoCommand(): Command {
  const command = new Command('clip-info').description(texts.t('help.clipInfo')).argument('<FILE>', texts.t('help.clipFile'))
  command.option('--rate <RATE>', texts.t('help.clip.rate'), pictureRate).option('--shots <FILE>', texts.t('help.clipInfo.shots')).option('--overwrite', texts.t('help.overwrite'))
  return withOutputOptions(command)
    .addHelpText(
      'after',
      examples(
        'hourglass clip-info reel.mov',
        'hourglass clip-info scans/ --rate 18 --json',
        'hourglass clip-info reel.mov --shots reel.shots.json',
        texts.t('help.clipInfo.more'),
      ),
    )
    .action((file: string, options: ReporterOptions & InfoOptions) =>
      runCommand(options, async (reporter) => {
        const { clipInfo } = await import('../film/clips.ts')
        return clipInfo(file, options, reporter)
      }, file),
    )
}

/** `hourglass clip-frame`: one exact frame of a film. */
export function clipFrameCommand(): Command {
  return withOutputOptions(
    new Command('clip-frame')
      .description(texts.t('help.clipFrame'))
      .argument('<FILE>', texts.t('help.clipFile'))
      .argument('<N>', texts.t('help.clipFrame.n'), frameNumber)
      .option('-o, --output <FILE>', texts.t('help.clipFrame.output'))
      .option('--hash', texts.t('help.clipFrame.hash'))
      .option('--verify', texts.t('help.clipFrame.verify'))
      .option('--overwrite', texts.t('help.clipFrame.overwrite')),
  )
    .addHelpText(
      'after',
      examples(
        'hourglass clip-frame reel.mov 1203 -o frame.png',
        'hourglass clip-frame reel.mov 1203 --hash',
        'hourglass clip-frame reel.mov 1203 -o frame.png --hash --json',
        texts.t('help.clipFrame.more'),
      ),
    )
    .action((file: string, frame: number, options: ReporterOptions & { output?: string; hash?: boolean; verify?: boolean; overwrite?: boolean }) =>
      runCommand(options, async (reporter) => {
        const { clipFrame } = await import('../film/clips.ts')
        return clipFrame(file, frame, options, reporter)
      }, file),
    )
}
