import { ORPCError, ValidationError } from '@orpc/server'
import { asHourglassError, errorData, HourglassError, type ErrorCode } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'

/** HTTP status of each kind of error; only a browser's network panel and plain HTTP callers see it. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'bad-input': 400,
  'missing-model': 404,
  locked: 409,
  'too-large': 413,
  unsupported: 415,
  cancelled: 499,
  'no-space': 507,
}

/** The HTTP status that goes with an error. */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 500
}

/** First complaint of a schema: where, and what. */
function complaint(cause: unknown): string {
  if (!(cause instanceof ValidationError)) return 'its shape is not the agreed one'
  const issue = cause.issues[0]
  if (!issue) return 'its shape is not the agreed one'
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return path ? `${path}: ${issue.message}` : issue.message
}

function fromCallError(error: ORPCError<string, unknown>, path: readonly string[]): HourglassError {
  const call = path.join('.')
  if (error.code === 'BAD_REQUEST') {
    return fault('bad-input', 'fault.callInput', 'remedy.reloadThenReport', { call, problem: complaint(error.cause) }, { cause: error })
  }
  if (error.cause instanceof ValidationError) {
    return fault('internal', 'fault.callOutput', 'remedy.tryThenReport', { call, problem: complaint(error.cause) }, { cause: error })
  }
  return asHourglassError(error.cause instanceof Error ? error.cause : error)
}

/** Anything that a call threw, as the one error of the product. */
function toError(thrown: unknown, path: readonly string[]): HourglassError {
  if (!(thrown instanceof ORPCError)) return asHourglassError(thrown)
  const told = errorData.safeParse(thrown.data)
  return told.success ? HourglassError.fromData(told.data) : fromCallError(thrown, path)
}

/** Who asks: what a transport tells the studio beside the question. */
export interface CallContext {
  /** One connection of one window or tab; callers without it share their lanes. */
  readonly client?: string
}

let clients = 0

/** The context of a new connection: its lanes are its own, so that two tabs with one picture open do not abort each other's questions. */
export function contextOfClient(): CallContext {
  clients += 1
  return { client: String(clients) }
}

/** A lane of one client. */
export function laneOf({ client }: CallContext, lane: string): string {
  return client === undefined ? lane : `${client}/${lane}`
}

interface Call<Result> {
  readonly path: readonly string[]
  next(): Promise<Result>
}

/**
 * Around every call that crosses a wire: whatever is thrown (by the studio, or by the check of input and output)
 * leaves with code, message and remedy as its data. A new list each time: handlers add their own to it.
 */
export const callInterceptors = () => [
  async <Result>({ path, next }: Call<Result>): Promise<Result> => {
    try {
      return await next()
    } catch (thrown) {
      const error = toError(thrown, path)
      throw new ORPCError(error.code, { status: statusOf(error.code), message: error.message, data: error.toData(), cause: thrown })
    }
  },
]

/** Around calls inside one process (`createRouterClient`): what is thrown is a `HourglassError`. */
export const directInterceptors = [
  async <Result>({ path, next }: Call<Result>): Promise<Result> => {
    try {
      return await next()
    } catch (thrown) {
      throw toError(thrown, path)
    }
  },
]
