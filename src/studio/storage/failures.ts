import { HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'

const noSpace = new Set(['ENOSPC', 'EDQUOT'])
const notWritable = new Set(['EACCES', 'EPERM', 'ENOENT', 'EROFS', 'ENOTDIR', 'EISDIR', 'ELOOP'])

/** A failed write to `path` as the product's error: no space, not writable, or what the system said. */
export function writeFailure(error: unknown, path: string): HourglassError {
  if (error instanceof HourglassError) return error
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  if (noSpace.has(code)) return fault('no-space', 'fault.noSpaceFor', 'remedy.roomOrOtherFolder', { path }, { cause: error })
  if (code === 'ENAMETOOLONG') return fault('not-writable', 'fault.nameTooLong', 'remedy.shorterName', { file: path }, { cause: error })
  if (notWritable.has(code)) return fault('not-writable', 'fault.notWritable', 'remedy.otherFolderOrAllow', { path }, { cause: error })
  return fault('internal', 'fault.notWritten', 'remedy.tryOrOtherFolder', { file: path, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
}
