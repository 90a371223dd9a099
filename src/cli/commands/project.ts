import { Command } from 'commander'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'

/** `hourglass project …`: projects without a window. */
export function projectCommand(): Command {
  const project = new Command('project').description('projects without a window')

  project.addCommand(
    withOutputOptions(new Command('new'))
      .description('makes a project; its folder is called NAME.hourglass')
      .argument('<DIR>', 'the new folder')
      .addHelpText('after', '\nExample:\n  hourglass project new family.hourglass')
      .action((folder: string, options: ReporterOptions) =>
        runCommand(options, async (reporter) => (await import('../project/projects.ts')).newProject(folder, reporter)),
      ),
  )
  project.addCommand(
    withOutputOptions(new Command('add'))
      .description('adds photos to a project; they stay where they are')
      .argument('<DIR>', 'the project')
      .argument('<INPUT...>', 'photos, or folders with photos')
      .addHelpText('after', '\nExample:\n  hourglass project add family.hourglass ~/scans')
      .action((folder: string, inputs: string[], options: ReporterOptions) =>
        runCommand(options, async (reporter) => (await import('../project/projects.ts')).addToProject(folder, inputs, reporter)),
      ),
  )
  project.addCommand(
    withOutputOptions(new Command('info'))
      .description('what is in a project and how far it is')
      .argument('<DIR>', 'the project')
      .addHelpText('after', '\nExample:\n  hourglass project info family.hourglass --json')
      .action((folder: string, options: ReporterOptions) =>
        runCommand(options, async (reporter) => (await import('../project/projects.ts')).projectInfo(folder, reporter)),
      ),
  )
  project.addCommand(
    withOutputOptions(new Command('render'))
      .description("exports every photo of a project with its chosen version's recipe")
      .argument('<DIR>', 'the project')
      .option('--out-dir <DIR>', 'folder for the results (default: exports, inside the project)')
      .option('--overwrite', 'replace results that stand already')
      .addHelpText('after', '\nExample:\n  hourglass project render family.hourglass --out-dir colour')
      .action((folder: string, options: ReporterOptions & { outDir?: string; overwrite?: boolean }) =>
        runCommand(options, async (reporter) => (await import('../project/render.ts')).renderProject(folder, options, reporter)),
      ),
  )
  return project
}
