import { Command, InvalidArgumentError } from 'commander'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { texts } from '../terminal/texts.ts'

function frameNumber(said: string): number {
  const value = Number(said)
  if (!/^\d+$/.test(said) || !Number.isSafeInteger(value)) throw new InvalidArgumentError(texts.t('terminal.usage.frame'))
  return value
}

/** `hourglass clip-info`: what is true of a film. */
export function clipInfoCommand(): Command {
  return withOutputOptions(new Command('clip-info').description('the truth of a film or a folder of numbered pictures: frames counted by decoding them all, rate, colour, streams, what to beware of').argument('<FILE>', 'a film, a folder of numbered pictures, or one of them'))
    .addHelpText(
      'after',
      `
Examples:
  hourglass clip-info reel.mov
  hourglass clip-info scans/ --json

Every frame is decoded once; the answer is remembered as long as the file stays the same. docs/film.md explains the fields.`,
    )
    .action((file: string, options: ReporterOptions) =>
      runCommand(options, async (reporter) => {
        const { clipInfo } = await import('../film/clips.ts')
        return clipInfo(file, reporter)
      }),
    )
}

/** `hourglass clip-frame`: one exact frame of a film. */
export function clipFrameCommand(): Command {
  return withOutputOptions(
    new Command('clip-frame')
      .description('exactly frame N of a film, counted from 0: as a PNG, as the hash of its planes, or both')
      .argument('<FILE>', 'a film, a folder of numbered pictures, or one of them')
      .argument('<N>', 'number of the frame', frameNumber)
      .option('-o, --output <FILE>', 'where the picture goes (.png): upright, 16 bits a channel where the film has more than 8')
      .option('--hash', 'print the SHA-256 of the decoded planes as stored: packed, not rotated')
      .option('--verify', 'decode and count every frame first, as clip-info does')
      .option('--overwrite', 'replace an existing picture'),
  )
    .addHelpText(
      'after',
      `
Examples:
  hourglass clip-frame reel.mov 1203 -o frame.png
  hourglass clip-frame reel.mov 1203 --hash
  hourglass clip-frame reel.mov 1203 -o frame.png --hash --json

The hash is the one that ffmpeg's framehash gives for this frame of a decode from the start.`,
    )
    .action((file: string, frame: number, options: ReporterOptions & { output?: string; hash?: boolean; verify?: boolean; overwrite?: boolean }) =>
      runCommand(options, async (reporter) => {
        const { clipFrame } = await import('../film/clips.ts')
        return clipFrame(file, frame, options, reporter)
      }),
    )
}
