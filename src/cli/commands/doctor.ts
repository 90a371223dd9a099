import { Command } from 'commander'
import type { Finding } from '../../contract/system.ts'
import type { Wording } from '../../contract/texts.ts'
import { runCommand, withOutputOptions } from '../terminal/command.ts'
import type { ReporterOptions } from '../terminal/reporter.ts'
import { exitStatus } from '../terminal/statuses.ts'
import { columnsOf, examples, padded } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'

/** A finding in the terminal's language. */
function told({ name, ok, value, remedy, wording }: Finding): Omit<Finding, 'wording'> {
  const say = (message: string, key?: Wording): string => texts.say({ message, wording: key })
  return { name: say(name, wording?.name), ok, value: say(value, wording?.value), remedy: remedy && say(remedy, wording?.remedy) }
}

/** `hourglass doctor`: what works here, what does not, why, and what to do about it. */
export function doctorCommand(): Command {
  return withOutputOptions(new Command('doctor'))
    .description(texts.t('help.doctor'))
    .addHelpText('after', examples('hourglass doctor', texts.t('help.doctor.status')))
    .action((options: ReporterOptions) =>
      runCommand(options, async (reporter) => {
        const { withStudio } = await import('../terminal/studio.ts')
        return withStudio(reporter.verbose, async ({ calls }) => {
          const findings = (await calls.system.doctor()).map(told)
          const width = Math.max(...findings.map(({ name }) => columnsOf(name)))
          for (const finding of findings) {
            const remedy = finding.remedy ? `\n${' '.repeat(width + 4)}→ ${finding.remedy}` : ''
            reporter.result({ ...finding }, `${finding.ok ? '✓' : '✗'} ${padded(finding.name, width)}  ${finding.value}${remedy}`)
          }
          return findings.every(({ ok }) => ok) ? exitStatus.done : exitStatus.missingPart
        })
      }),
    )
}
