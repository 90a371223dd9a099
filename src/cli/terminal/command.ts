import type { Command } from 'commander'
import { asHourglassError } from '../../contract/errors.ts'
import { Reporter, type ReporterOptions } from './reporter.ts'
import { statusOfError, UsageError } from './statuses.ts'
import { texts } from './texts.ts'

/** The options that every command with results has. */
export function withOutputOptions(command: Command): Command {
  return command.option('--json', texts.t('help.json')).option('--verbose', texts.t('help.verbose'))
}

/**
 * Runs the body of a command: its answer, or the error it ended with, becomes the exit status.
 * @param input the one file that the command is about, which errors name
 */
export async function runCommand(options: ReporterOptions, body: (reporter: Reporter) => Promise<number>, input?: string): Promise<void> {
  const reporter = new Reporter(options)
  try {
    process.exitCode = await body(reporter)
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown
    reporter.finish()
    reporter.error(thrown, input)
    process.exitCode = statusOfError(asHourglassError(thrown).code)
  }
}
