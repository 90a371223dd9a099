import { ORPCError } from '@orpc/client'
import { asHourglassError, CancelledError, errorData, HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'

/** What a call threw, as the one error of the product; a lost connection says so. */
export function fromCall(thrown: unknown, aborted = false): HourglassError {
  if (aborted) return new CancelledError()
  if (thrown instanceof ORPCError) {
    const parsed = errorData.safeParse(thrown.data)
    if (parsed.success) return HourglassError.fromData(parsed.data)
    return asHourglassError(thrown)
  }
  if (thrown instanceof HourglassError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') return connectionLost(thrown)
  if (thrown instanceof TypeError || (thrown instanceof Error && /WebSocket is not open/.test(thrown.message))) return connectionLost(thrown)
  return asHourglassError(thrown)
}

export function connectionLost(cause: unknown): HourglassError {
  return fault('internal', 'fault.connectionLost', 'remedy.comesBack', undefined, { cause })
}

/** Around every call of the page: what it throws is a HourglassError. */
export const errorInterceptors = [
  async <Result>(call: { signal?: AbortSignal | undefined; next: () => Promise<Result> }): Promise<Result> => {
    try {
      return await call.next()
    } catch (thrown) {
      throw fromCall(thrown, call.signal?.aborted)
    }
  },
]
