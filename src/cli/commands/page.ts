import { Command } from 'commander'
import { pageStep } from '../../core/steps/page.ts'
import { addStepOptions } from '../colorize/step-options.ts'
import { examples } from '../terminal/help.ts'
import { share, wholeWithin } from '../terminal/numbers.ts'
import { texts } from '../terminal/texts.ts'
import { addPictureOptions } from './pictureOptions.ts'

/** `hourglass page`: pages of line art in, pages in colour out. */
export function pageCommand(): Command {
  const command = new Command('page')
    .description(texts.t('help.page'))
    .argument('<INPUT...>', texts.t('help.page.inputs'))
    .option('-o, --output <FILE>', texts.t('help.output'))
    .option('--out-dir <DIR>', texts.t('help.outDir'))
  addStepOptions(command, pageStep)
  command
    .option('--auto-hints', texts.t('help.page.autoHints'))
    .option('--teach <FILE>', texts.t('help.page.teach'))
    .option('--teach-lines <FILE>', texts.t('help.page.teachLines'))
    .option('--sure <0…1>', texts.t('help.page.sure'), share)
    .option('--grow <N>', texts.t('help.page.grow'), wholeWithin(0, 100))
    .option('--gap <N>', texts.t('help.page.gap'), wholeWithin(1, 40))
    .option('--force-color', texts.t('help.page.forceColor'))
    .option('--palette <FILE>', texts.t('help.page.palette'))
    .option('--layers <LIST>', texts.t('help.page.layers'))
    .option('--lines-only', texts.t('help.page.linesOnly'))
    .option('--regions <FILE>', texts.t('help.page.regions'))
  return addPictureOptions(command)
    .addHelpText(
      'after',
      examples(
        'hourglass page 012.png -o 012-colour.png --hints 012.hints.json',
        'hourglass page chapter/ --out-dir colour/ --hints hints/ --unhinted fill',
        'hourglass page 012.png -o 012-colour.png --auto-hints --rough rough.jpg',
        'hourglass page chapter.cbz -o chapter-colour.cbz --teach page1-colour.png --sure 0.3',
        'hourglass page chapter.cbz -o chapter-colour.cbz --hints hints/ --palette characters.ase',
        'hourglass page 012.psd -o 012-colour.psd --hints 012.hints.png',
        'hourglass page 012.png -o lines.png --lines-only --regions regions.png --json',
        texts.t('help.page.folders'),
      ),
    )
    .action(async (inputs: string[], options: Record<string, unknown>) => {
      const { colorPages } = await import('../page/run.ts')
      process.exitCode = await colorPages(inputs, options)
    })
}
