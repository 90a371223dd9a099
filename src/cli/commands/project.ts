import { Command } from 'commander'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { examples } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'

/** `hourglass project …`: projects without a window. */
export function projectCommand(): Command {
  const project = new Command('project').description(texts.t('help.project'))

  project.addCommand(
    withOutputOptions(new Command('new'))
      .description(texts.t('help.project.new'))
      .argument('<DIR>', texts.t('help.project.newFolder'))
      .addHelpText('after', examples('hourglass project new family.hourglass'))
      .action((folder: string, options: ReporterOptions) =>
        runCommand(options, async (reporter) => (await import('../project/projects.ts')).newProject(folder, reporter)),
      ),
  )
  project.addCommand(
    withOutputOptions(new Command('add'))
      .description(texts.t('help.project.add'))
      .argument('<DIR>', texts.t('help.project.folder'))
      .argument('<INPUT...>', texts.t('help.project.inputs'))
      .addHelpText('after', examples('hourglass project add family.hourglass ~/scans'))
      .action((folder: string, inputs: string[], options: ReporterOptions) =>
        runCommand(options, async (reporter) => (await import('../project/projects.ts')).addToProject(folder, inputs, reporter)),
      ),
  )
  project.addCommand(
    withOutputOptions(new Command('info'))
      .description(texts.t('help.project.info'))
      .argument('<DIR>', texts.t('help.project.folder'))
      .addHelpText('after', examples('hourglass project info family.hourglass --json'))
      .action((folder: string, options: ReporterOptions) =>
        runCommand(options, async (reporter) => (await import('../project/projects.ts')).projectInfo(folder, reporter)),
      ),
  )
  project.addCommand(
    withOutputOptions(new Command('render'))
      .description(texts.t('help.project.render'))
      .argument('<DIR>', texts.t('help.project.folder'))
      .option('--out-dir <DIR>', texts.t('help.project.outDir'))
      .option('--overwrite', texts.t('help.overwrite'))
      .addHelpText('after', examples('hourglass project render family.hourglass --out-dir colour'))
      .action((folder: string, options: ReporterOptions & { outDir?: string; overwrite?: boolean }) =>
        runCommand(options, async (reporter) => (await import('../project/render.ts')).renderProject(folder, options, reporter)),
      ),
  )
  return project
}
