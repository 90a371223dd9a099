import { Command, InvalidArgumentError, Option } from 'commander'
import { clipPreset } from '../../contract/clips.ts'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import type { ClipOptions } from '../film/colorClip.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import { texts } from '../terminal/texts.ts'

function whole(said: string): number {
  const value = Number(said)
  if (!/^\d+$/.test(said) || !Number.isSafeInteger(value)) throw new InvalidArgumentError(texts.t('terminal.usage.frame'))
  return value
}

function share(said: string): number {
  const value = Number(said)
  if (said.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError(texts.t('terminal.usage.numberWithin', { min: 0, max: 1 }))
  return value
}

/** The options of photographs that a film takes too; the rest comes from a recipe. */
const filmParameters = new Set(['model', 'renderFactor'])

/** `hourglass clip`: a film in, the film in colour out. */
export function clipCommand(): Command {
  const command = new Command('clip')
    .description('colours a film: every frame, timestamp and sound of it kept, its own luma untouched, colour steady within each shot')
    .argument('<FILE>', 'a film')
    .requiredOption('-o, --output <FILE>', 'where the result goes; the ending chooses the container (.mp4 .mov .mkv)')
    .addOption(new Option('--preset <PRESET>', 'how it is written: exact (lossless: FFV1, in .mp4 H.264), visual (H.264), h265, prores').choices(clipPreset.options).default('visual'))
    .option('--from <N>', 'first frame, counted from 0', whole)
    .option('--to <N>', 'frame after the last', whole)
    .option('--steady <0…1>', 'how firmly colour is held from frame to frame; 0: every frame by itself (default 1)', share)
  addStepOptions(command, { parameters: colorizeStep.parameters.filter(({ id }) => filmParameters.has(id)) })
  command
    .option('--recipe <FILE>', 'a recipe (.recipe.json); options win over it')
    .option('--resume', 'go on with the chunks that an earlier call finished (this is what happens anyway)')
    .option('--no-resume', 'start anew')
    .option('--chunk <K>', 'make chunk K alone, counted from 0: for several machines', whole)
    .option('--join', 'put the chunks together that --chunk made')
    .option('--overwrite', 'replace a result that stands already')
  return withOutputOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  hourglass clip reel.mov -o reel-colour.mov
  hourglass clip reel.mkv -o reel-colour.mkv --preset exact
  hourglass clip reel.mov -o part.mp4 --from 240 --to 480 --steady 0.8
  hourglass clip reel.mov -o reel-colour.mov --chunk 7
  hourglass clip reel.mov -o reel-colour.mov --join

Stopped or killed, the same call goes on where it was. docs/film.md explains presets and the table of what was kept,
docs/farm.md how many machines share a film.`,
    )
    .action((file: string, options: ClipOptions) =>
      runCommand(options, async (reporter) => {
        const { colorClip } = await import('../film/colorClip.ts')
        return colorClip(file, options, reporter)
      }),
    )
}
