import { z } from 'zod'
import { textValues } from './texts.ts'

export const errorCodes = [
  'bad-input',
  'unsupported',
  'too-large',
  'no-space',
  'not-writable',
  'missing-model',
  'bad-model',
  'missing-component',
  'locked',
  'cancelled',
  'engine-crashed',
  'internal',
] as const

export const errorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCode>

/** Keys of the catalogue for message and remedy, and the values of both: how an error reads in any language. */
export const errorWording = z.object({ message: z.string(), remedy: z.string(), values: textValues })
export type ErrorWording = z.infer<typeof errorWording>

/** What an error is on any wire and in any table: the same three sentences in window, terminal and log. */
export const errorData = z.object({
  code: errorCode,
  /** What happened, in plain words (English), naming the file. */
  message: z.string(),
  /** What to do about it. */
  remedy: z.string(),
  /** Missing where the words come from elsewhere (an older project, a library). */
  wording: errorWording.optional(),
})
export type ErrorData = z.infer<typeof errorData>

/** The one error of the product. `cause` keeps the technical origin for `--verbose` and the log. */
export class HourglassError extends Error {
  readonly code: ErrorCode
  readonly remedy: string
  readonly wording: ErrorWording | undefined

  /** Errors with texts of the catalogue are made by `fault` (core/texts). */
  constructor(code: ErrorCode, message: string, remedy: string, options: { cause?: unknown; wording?: ErrorWording | undefined } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'HourglassError'
    this.code = code
    this.remedy = remedy
    this.wording = options.wording
  }

  toData(): ErrorData {
    return { code: this.code, message: this.message, remedy: this.remedy, ...(this.wording && { wording: this.wording }) }
  }

  static fromData({ code, message, remedy, wording }: ErrorData): HourglassError {
    return new HourglassError(code, message, remedy, { wording })
  }
}

/** Cancelling is not a failure: nothing shows it, callers only need to tell it from one. */
export class CancelledError extends HourglassError {
  constructor(what = 'The work') {
    super('cancelled', `${what} was cancelled.`, 'Start it again when you like.')
    this.name = 'CancelledError'
  }
}

/** Turns anything thrown into an `HourglassError`; what is not one already becomes `internal`. */
export function asHourglassError(thrown: unknown): HourglassError {
  if (thrown instanceof HourglassError) return thrown
  // Bare, or as the `data` of the call library's own error, as it crosses a wire.
  for (const candidate of [thrown, thrown instanceof Error && 'data' in thrown ? thrown.data : undefined]) {
    const parsed = errorData.safeParse(candidate)
    if (parsed.success) return HourglassError.fromData(parsed.data)
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') return new CancelledError()
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  return new HourglassError('internal', `Something unexpected happened: ${text}`, 'Try again; if it happens again, report it with the log.', {
    cause: thrown,
    wording: { message: 'fault.unexpected', remedy: 'remedy.tryThenReport', values: { reason: text } },
  })
}
