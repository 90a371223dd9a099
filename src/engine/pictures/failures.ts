import { basename, dirname } from 'node:path'
import { CancelledError, HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** A file's name as messages show it. */
export const named = (path: string): string => `"${basename(path)}"`

/** The error of a picture that could not be read, from whatever the file system or the decoder threw. */
export function readFailure(path: string, thrown: unknown): HourglassError {
  if (thrown instanceof HourglassError) return thrown
  const file = named(path)
  const code = codeOf(thrown)
  const text = textOf(thrown)
  if (thrown instanceof Error && thrown.name === 'AbortError') return new CancelledError(`Reading ${file}`)
  const why = { cause: thrown }
  if (code === 'ENOENT' || code === 'ENOTDIR' || /Input file is missing/.test(text)) {
    return fault('bad-input', 'fault.notThereAnyMore', 'remedy.pathOrNewPlace', { file }, why)
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return fault('bad-input', 'fault.mayNotBeRead', 'remedy.permitOrCopy', { file }, why)
  }
  if (code === 'EISDIR') return fault('bad-input', 'fault.isFolder', 'remedy.chooseInside', { file }, why)
  if (code === 'EIO') {
    return fault('bad-input', 'fault.diskUnreadable', 'remedy.checkDisk', { file }, why)
  }
  if (/allocate|out of memory|bad_alloc|Array buffer allocation|Invalid (typed )?array (buffer )?length/i.test(text)) {
    return fault('too-large', 'fault.noMemory', 'remedy.smallerCopyOrMemory', { file }, why)
  }
  if (/premature end|truncated|unexpected end|not enough data|end of (file|stream|image)|Read (error|too few)|too few|corrupt|out of order/i.test(text)) {
    return fault('bad-input', 'fault.damaged', 'remedy.getAgainOrBackup', { file }, why)
  }
  return fault('bad-input', 'fault.noPicture', 'remedy.mayBeDamaged', { file }, why)
}

const noSpaceText = /no space left|disk (is )?full|ENOSPC|EDQUOT|quota/i

/** The error of a picture that could not be written. `fullDisk`: the disk is known to hold less than was needed. */
export function writeFailure(path: string, thrown: unknown, fullDisk = false): HourglassError {
  if (thrown instanceof HourglassError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') return new CancelledError(`Writing ${named(path)}`)
  const code = codeOf(thrown)
  const text = textOf(thrown)
  // A medium that cannot be written has no free space either: that it is closed says more.
  const readOnly = code === 'EROFS' || /Read-only file system/i.test(text)
  const denied = code === 'EACCES' || code === 'EPERM' || /Permission denied/i.test(text)
  if ((fullDisk && !readOnly && !denied) || code === 'ENOSPC' || code === 'EDQUOT' || noSpaceText.test(text)) {
    return fault('no-space', 'fault.diskFull', 'remedy.freeSpace', { file: named(path) }, { cause: thrown })
  }
  const folder = dirname(path)
  if (readOnly) return fault('not-writable', 'fault.readOnlyPlace', 'remedy.writableFolder', { file: named(path), folder }, { cause: thrown })
  if (denied) return fault('not-writable', 'fault.mayNotWrite', 'remedy.writableFolder', { file: named(path), folder }, { cause: thrown })
  if (code === 'ENAMETOOLONG') return fault('not-writable', 'fault.nameTooLong', 'remedy.shorterName', { file: named(path) }, { cause: thrown })
  const notWritable = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EBUSY', 'EINVAL', 'ELOOP', 'EIO', 'EMFILE']
  if (notWritable.includes(code) || /No such file or directory|unable to open|Not a directory/i.test(text)) {
    return fault('not-writable', 'fault.cannotBeWrittenThere', 'remedy.writableFolder', { file: named(path) }, { cause: thrown })
  }
  if (/too large for the|exceeds? .*(dimension|65535|16383|16384)|width or height exceeds/i.test(text)) {
    return fault('too-large', 'fault.tooManyPixelsASide', 'remedy.tiffOrPng', { file: named(path) }, { cause: thrown })
  }
  return fault('internal', 'fault.notWritten', 'remedy.tryThenReport', { file: named(path), reason: text }, { cause: thrown })
}
