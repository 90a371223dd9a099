import { asHourglassError, HourglassError, type ErrorCode } from '../../contract/errors.ts'

/** Exit statuses as promised to scripts. */
export const exitStatus = {
  done: 0,
  someFailed: 1,
  usage: 2,
  noInput: 3,
  missingPart: 4,
  notWritable: 5,
  cancelled: 130,
} as const
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

const byCode: Record<ErrorCode, ExitStatus> = {
  'bad-input': exitStatus.noInput,
  unsupported: exitStatus.noInput,
  'too-large': exitStatus.noInput,
  'no-space': exitStatus.notWritable,
  'not-writable': exitStatus.notWritable,
  'missing-model': exitStatus.missingPart,
  'bad-model': exitStatus.missingPart,
  'missing-component': exitStatus.missingPart,
  locked: exitStatus.someFailed,
  cancelled: exitStatus.cancelled,
  'engine-crashed': exitStatus.someFailed,
  internal: exitStatus.someFailed,
}

/** The status of a command that ended with one error. */
export function statusOfError(code: ErrorCode): ExitStatus {
  return byCode[code]
}

/**
 * The status of a batch. A full disk ends it for all that follow and is told as such; other failures beside
 * finished work are "some failed"; where nothing was finished, the first failure's own status tells why.
 */
export function statusOfBatch(finished: number, failures: readonly ErrorCode[]): ExitStatus {
  if (failures.includes('cancelled')) return exitStatus.cancelled
  if (failures.includes('no-space')) return exitStatus.notWritable
  const [first] = failures
  if (first === undefined) return exitStatus.done
  if (finished > 0) return exitStatus.someFailed
  const statuses = new Set(failures.map(statusOfError))
  for (const status of [exitStatus.missingPart, exitStatus.notWritable]) if (statuses.has(status)) return status
  return statuses.size === 1 ? statusOfError(first) : exitStatus.someFailed
}

/** The command line itself is wrong: status 2. */
export class UsageError extends HourglassError {
  constructor({ message, remedy, wording }: Pick<HourglassError, 'message' | 'remedy' | 'wording'>) {
    super('bad-input', message, remedy, { wording })
    this.name = 'UsageError'
  }
}

/** An error as a mistake of the command line where its message is one of these; else as it is. */
export function asUsage(thrown: unknown, messages: ReadonlySet<string>): unknown {
  const error = asHourglassError(thrown)
  return messages.has(error.wording?.message ?? '') ? new UsageError(error) : thrown
}
