import { basename } from 'node:path'
import { asHourglassError, CancelledError, HourglassError } from '../../contract/errors.ts'

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** A file's name as messages show it. */
export const named = (path: string): string => `"${basename(path)}"`

export const otherFormats = 'Save it as JPEG, PNG or TIFF and try again.'

/** The error of a picture that could not be read, from whatever the file system or the decoder threw. */
export function readFailure(path: string, thrown: unknown): HourglassError {
  if (thrown instanceof HourglassError) return thrown
  const name = named(path)
  const code = codeOf(thrown)
  const text = textOf(thrown)
  if (thrown instanceof Error && thrown.name === 'AbortError') return new CancelledError(`Reading ${name}`)
  const fail = (errorCode: HourglassError['code'], message: string, remedy: string): HourglassError =>
    new HourglassError(errorCode, message, remedy, { cause: thrown })
  if (code === 'ENOENT' || code === 'ENOTDIR' || /Input file is missing/.test(text)) {
    return fail('bad-input', `${name} is not there any more.`, 'Check the path; if the file was moved, point to its new place.')
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return fail('bad-input', `${name} may not be read.`, 'Give yourself permission to read the file, or copy it elsewhere.')
  }
  if (code === 'EISDIR') return fail('bad-input', `${name} is a folder, not a picture.`, 'Choose the pictures inside it.')
  if (code === 'EIO') {
    return fail('bad-input', `${name} could not be read from its disk.`, 'Check the disk or the connection, then try again.')
  }
  if (/allocate|out of memory|bad_alloc|Array buffer allocation|Invalid (typed )?array (buffer )?length/i.test(text)) {
    return fail('too-large', `${name} does not fit into memory.`, 'Close other programs, or use a smaller copy of the picture.')
  }
  if (/premature end|truncated|unexpected end|not enough data|end of (file|stream|image)|Read (error|too few)|too few|corrupt|out of order/i.test(text)) {
    return fail('bad-input', `${name} is damaged: the picture data ends early or is broken.`, 'Get the file again from where it came from, or from a backup.')
  }
  return fail('bad-input', `${name} could not be read as a picture.`, `The file may be damaged. ${otherFormats}`)
}

const noSpaceText = /no space left|disk (is )?full|ENOSPC|EDQUOT|quota/i

/** The error of a picture that could not be written. `fullDisk`: the disk is known to hold less than was needed. */
export function writeFailure(path: string, thrown: unknown, fullDisk = false): HourglassError {
  if (thrown instanceof HourglassError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') return new CancelledError(`Writing ${named(path)}`)
  const code = codeOf(thrown)
  const text = textOf(thrown)
  // A medium that cannot be written has no free space either: that it is closed says more.
  const closed = code === 'EROFS' || /Read-only file system/i.test(text)
  if ((fullDisk && !closed) || code === 'ENOSPC' || code === 'EDQUOT' || noSpaceText.test(text)) {
    return new HourglassError('no-space', `${named(path)} was not written: the disk is full.`, 'Free some space, or choose a folder on another disk.', {
      cause: thrown,
    })
  }
  const notWritable = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EBUSY', 'ENAMETOOLONG', 'EINVAL', 'ELOOP', 'EIO', 'EMFILE']
  if (notWritable.includes(code) || /Permission denied|Read-only file system|No such file or directory|unable to open|Not a directory/i.test(text)) {
    return new HourglassError('not-writable', `${named(path)} cannot be written there.`, 'Choose a folder that exists and that you may write to.', {
      cause: thrown,
    })
  }
  if (/too large for the|exceeds? .*(dimension|65535|16383|16384)|width or height exceeds/i.test(text)) {
    return new HourglassError('too-large', `${named(path)} was not written: the picture has more pixels a side than this format allows.`, 'Export it as TIFF or PNG.', {
      cause: thrown,
    })
  }
  const error = asHourglassError(thrown)
  return new HourglassError(error.code, `${named(path)} could not be written: ${text}`, error.remedy, { cause: thrown })
}
