import { Command, InvalidArgumentError } from 'commander'
import { pageStep } from '../../core/steps/page.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import { texts } from '../terminal/texts.ts'
import { addPictureOptions } from './pictureOptions.ts'

const pixels = (min: number, max: number) => (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) throw new InvalidArgumentError(texts.t('terminal.usage.wholeWithin', { min, max }))
  return value
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError(texts.t('terminal.usage.numberWithin', { min: 0, max: 1 }))
  return value
}

/** `hourglass page`: pages of line art in, pages in colour out. */
export function pageCommand(): Command {
  const command = new Command('page')
    .description('colours manga and comic pages from hints, without a network unless asked; originals are never changed')
    .argument('<INPUT...>', 'pages, CBZ, ZIP, PSD, ORA, or folders with them (searched recursively)')
    .option('-o, --output <FILE>', 'where the result goes (one input)')
    .option('--out-dir <DIR>', 'folder for the results; names and subfolders are kept')
  addStepOptions(command, pageStep)
  command
    .option('--auto-hints', 'place a hint in each region without one: colours of --rough, else of the page model')
    .option('--teach <FILE>', 'colour regions without a hint as on this page in colour (or, with --teach-lines, as these hints of it say)')
    .option('--teach-lines <FILE>', 'the page of --teach without its colours, so that tones can be compared too')
    .option('--sure <0…1>', 'with --teach: leave regions open that are less sure than this (default 0)', share)
    .option('--grow <N>', 'pixels that colour runs on under the lines (default: all the way)', pixels(0, 100))
    .option('--gap <N>', 'widest gap in pixels that counts as closed where regions are told apart (default: by the size of the page)', pixels(1, 40))
    .option('--force-color', 'colour also pages that are in colour already')
    .option('--palette <FILE>', 'colours of characters (.ase .gpl .aco .json, hex list, or a picture): hints of a name take its colour, automatic ones the nearest')
    .option('--layers <LIST>', 'also write layers: psd, ora, png (comma list)')
    .option('--lines-only', 'write the lines alone, without tone and colour')
    .option('--regions <FILE>', 'also write a 16-bit PNG with the number of the region at each pixel')
  return addPictureOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  hourglass page 012.png -o 012-colour.png --hints 012.hints.json
  hourglass page chapter/ --out-dir colour/ --hints hints/ --unhinted fill
  hourglass page 012.png -o 012-colour.png --auto-hints --rough rough.jpg
  hourglass page chapter.cbz -o chapter-colour.cbz --teach page1-colour.png --sure 0.3
  hourglass page chapter.cbz -o chapter-colour.cbz --hints hints/ --palette characters.ase
  hourglass page 012.psd -o 012-colour.psd --hints 012.hints.png
  hourglass page 012.png -o lines.png --lines-only --regions regions.png --json

--hints and --rough may name folders that hold a file of each page's name.`,
    )
    .action(async (inputs: string[], options: Record<string, unknown>) => {
      const { colorPages } = await import('../page/run.ts')
      process.exitCode = await colorPages(inputs, options)
    })
}
