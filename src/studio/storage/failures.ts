import { HourglassError } from '../../contract/errors.ts'

const noSpace = new Set(['ENOSPC', 'EDQUOT'])
const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'])

/** A failed write to `path` as the product's error: no space, not writable, or what the system said. */
export function writeFailure(error: unknown, path: string): HourglassError {
  if (error instanceof HourglassError) return error
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  if (noSpace.has(code)) return new HourglassError('no-space', `There is no space left to write ${path}.`, 'Make room on that disk, or choose another folder.', { cause: error })
  if (notWritable.has(code)) return new HourglassError('not-writable', `${path} cannot be written.`, 'Choose another folder, or allow writing there.', { cause: error })
  return new HourglassError('internal', `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`, 'Try again, or choose another folder.', { cause: error })
}
