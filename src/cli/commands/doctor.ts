import { Command } from 'commander'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { exitStatus } from '../terminal/statuses.ts'

/** `hourglass doctor`: what works here, what does not, why, and what to do about it. */
export function doctorCommand(): Command {
  return withOutputOptions(new Command('doctor'))
    .description('what works on this machine, what does not, why, and what to do about it')
    .addHelpText('after', '\nExample:\n  hourglass doctor\n\nExit status 4 when something is missing.')
    .action((options: ReporterOptions) =>
      runCommand(options, async (reporter) => {
        const { withStudio } = await import('../terminal/studio.ts')
        return withStudio(reporter.verbose, async ({ calls }) => {
          const findings = await calls.system.doctor()
          const width = Math.max(...findings.map(({ name }) => name.length))
          for (const finding of findings) {
            const remedy = finding.remedy ? `\n${' '.repeat(width + 4)}→ ${finding.remedy}` : ''
            reporter.result({ ...finding }, `${finding.ok ? '✓' : '✗'} ${finding.name.padEnd(width)}  ${finding.value}${remedy}`)
          }
          return findings.every(({ ok }) => ok) ? exitStatus.done : exitStatus.missingPart
        })
      }),
    )
}
