import { Command, CommanderError } from 'commander'
import { asHourglassError } from '../contract/errors.ts'
import { locate } from '../studio/hosting/locations.ts'
import { environmentError, readEnvironment } from '../studio/settings/environment.ts'
import { clipCommand } from './commands/clip.ts'
import { clipFrameCommand, clipInfoCommand } from './commands/clips.ts'
import { colorizeCommand } from './commands/colorize.ts'
import { doctorCommand } from './commands/doctor.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { modelsCommand } from './commands/models.ts'
import { pageCommand } from './commands/page.ts'
import { projectCommand } from './commands/project.ts'
import { serveCommand } from './commands/serve.ts'
import { discardEngine } from './terminal/early-engine.ts'
import { helpWords } from './terminal/help.ts'
import { Reporter } from './terminal/reporter.ts'
import { exitStatus, statusOfError, UsageError } from './terminal/statuses.ts'
import { texts } from './terminal/texts.ts'
import { usageText } from './terminal/usage.ts'

/** The whole command line; what a command does is loaded only when it runs. */
export function createProgram(version: string): Command {
  const program = new Command('hourglass')
    .description(texts.t('help.program'))
    .version(version, '-V, --version', texts.t('help.version'))
    .helpOption('-h, --help', texts.t('help.help'))
    .helpCommand('help [command]', texts.t('help.helpCommand'))
    .configureHelp(helpWords)
    .configureOutput({ outputError: (said, write) => write(`hourglass: ${usageText(said)}\n`) })
    .showHelpAfterError(`  → ${texts.t('remedy.helpCommands')}`)
    .exitOverride()
  for (const command of [colorizeCommand(), pageCommand(), clipInfoCommand(), clipFrameCommand(), clipCommand(), evaluateCommand(), modelsCommand(), projectCommand(), serveCommand(), doctorCommand()]) {
    // Settings of the parent (how errors leave) are handed down to commands that were made on their own.
    program.addCommand(inherit(command, program))
  }
  program.hook('preAction', (_program, command) => {
    if (!standsBadEnvironment.has(command.name())) assertEnvironment()
  })
  return program
}

/** They start with the default and say so where they say such things: in the log, the doctor's list and Settings. */
const standsBadEnvironment = new Set(['serve', 'doctor'])

/** @throws UsageError where a variable holds what cannot be used: whoever set it expects it to hold */
function assertEnvironment(): void {
  const unusable = readEnvironment(process.env).findings.find(({ usable }) => !usable)
  if (unusable) throw new UsageError(environmentError(unusable))
}

function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  command.showHelpAfterError(`  → ${texts.t('terminal.helpOfCommand', { command: path(command, parent) })}`)
  for (const child of command.commands) inherit(child, command)
  return command
}

function path(command: Command, parent: Command): string {
  return parent.parent || parent.name() === 'hourglass' ? command.name() : `${parent.name()} ${command.name()}`
}

/** Runs one command line; the exit status is set on the process, which then ends by itself. */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever reads our output may go away (`| head`): that ends us quietly.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitStatus.done : exitStatus.someFailed))
  }
  const json = args.includes('--json')
  const program = createProgram(locate().version)
  if (json) {
    const silence = (command: Command): void => {
      command.configureOutput({ outputError: () => undefined })
      command.showHelpAfterError(false)
      command.commands.forEach(silence)
    }
    silence(program)
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (thrown) {
    discardEngine()
    if (!(thrown instanceof CommanderError)) {
      new Reporter({ json, verbose: args.includes('--verbose') }).error(thrown)
      process.exitCode = thrown instanceof UsageError ? exitStatus.usage : statusOfError(asHourglassError(thrown).code)
      return
    }
    process.exitCode = thrown.exitCode === 0 ? exitStatus.done : exitStatus.usage
    if (json && thrown.exitCode !== 0) {
      new Reporter({ json }).error(new UsageError({ message: usageText(thrown.message), remedy: texts.t('remedy.helpCommands'), wording: undefined }))
    }
  }
}
