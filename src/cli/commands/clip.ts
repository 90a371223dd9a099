import { Command, Option } from 'commander'
import { clipPreset } from '../../contract/clips.ts'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import type { ClipOptions } from '../film/colorClip.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import { examples } from '../terminal/help.ts'
import { frameNumber, pictureRate, share } from '../terminal/numbers.ts'
import { texts } from '../terminal/texts.ts'

/** The options of photographs that a film takes too; the rest comes from a recipe. */
const filmParameters = new Set(['model', 'renderFactor', 'forceColor'])

/** `hourglass clip`: a film in, the film in colour out. */
export function clipCommand(): Command {
  const command = new Command('clip')
    .description(texts.t('help.clip'))
    .argument('<FILE>', texts.t('help.clip.file'))
    .requiredOption('-o, --output <FILE>', texts.t('help.clip.output'))
    .addOption(new Option('--preset <PRESET>', texts.t('help.clip.preset')).choices(clipPreset.options).default('visual'))
    .option('--from <N>', texts.t('help.clip.from'), frameNumber)
    .option('--to <N>', texts.t('help.clip.to'), frameNumber)
    .option('--rate <RATE>', texts.t('help.clip.rate'), pictureRate)
    .option('--steady <0…1>', texts.t('help.clip.steady'), share)
    .option('--shots <FILE>', texts.t('help.clip.shots'))
    .option('--hints <FILE>', texts.t('help.clip.hints'))
    .option('--reference <[N=]PICTURE>', texts.t('help.clip.reference'), (value: string, before: string[] = []) => [...before, value])
  addStepOptions(command, { parameters: colorizeStep.parameters.filter(({ id }) => filmParameters.has(id)) })
  command
    .option('--recipe <FILE>', texts.t('help.clip.recipe'))
    .option('--resume', texts.t('help.clip.resume'))
    .option('--no-resume', texts.t('help.clip.noResume'))
    .option('--chunk <K>', texts.t('help.clip.chunk'), frameNumber)
    .addOption(new Option('--join', texts.t('help.clip.join')).conflicts('chunk'))
    .option('--overwrite', texts.t('help.overwrite'))
  return withOutputOptions(command)
    .addHelpText(
      'after',
      examples(
        'hourglass clip reel.mov -o reel-colour.mov',
        'hourglass clip reel.mkv -o reel-colour.mkv --preset exact',
        'hourglass clip reel.mov -o part.mp4 --from 240 --to 480 --steady 0.8',
        'hourglass clip reel.mov -o reel-colour.mov --shots reel.shots.json',
        'hourglass clip reel.mov -o reel-colour.mov --reference 120=frame-120.png --hints reel.hints.json',
        'hourglass clip scans/ -o reel-colour.mov --rate 18',
        'hourglass clip reel.mov -o reel-colour.mov --chunk 7',
        'hourglass clip reel.mov -o reel-colour.mov --join',
        texts.t('help.clip.more'),
      ),
    )
    .action((file: string, options: ClipOptions) =>
      runCommand(options, async (reporter) => {
        const { colorClip } = await import('../film/colorClip.ts')
        return colorClip(file, options, reporter)
      }, file),
    )
}
