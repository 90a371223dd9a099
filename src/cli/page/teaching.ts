import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Teaching } from '../../contract/pageTeaching.ts'
import { fault } from '../../core/texts/wording.ts'
import type { TerminalStudio } from '../terminal/files.ts'
import { UsageError } from '../terminal/statuses.ts'

/** Options of `page` about a page whose colours others follow. */
export interface TeachOptions {
  readonly teach?: string
  readonly teachLines?: string
  readonly sure?: number
}

async function fileOf(option: string, name: string): Promise<string> {
  const path = resolve(name)
  if (!(await stat(path).catch(() => null))?.isFile()) throw new UsageError(fault('bad-input', 'fault.optionNoFile', 'remedy.checkPath', { option, file: name }))
  return path
}

/** What `--teach` names: a page in colour, or the hints of the page that `--teach-lines` names. @throws UsageError, HourglassError */
export async function teachingOf({ teach, teachLines, sure }: TeachOptions, studio: TerminalStudio): Promise<Teaching | null> {
  if (teach === undefined) {
    if (teachLines !== undefined || sure !== undefined) throw new UsageError(fault('bad-input', 'fault.teachAlone', 'remedy.addTeach'))
    return null
  }
  const path = await fileOf('--teach', teach)
  const lines = teachLines === undefined ? null : await fileOf('--teach-lines', teachLines)
  const least = sure ?? 0
  if (!path.toLowerCase().endsWith('.json')) return { exemplars: [{ lines, colors: path, hints: [] }], least }
  if (lines === null) throw new UsageError(fault('bad-input', 'fault.teachHintsAlone', 'remedy.addTeachLines', { file: teach }))
  const { hints } = await studio.readPageHints(lines, path)
  return { exemplars: [{ lines, colors: null, hints }], least }
}
