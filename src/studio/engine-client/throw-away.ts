import type { EngineInput, EngineOutput, EngineTaskName, SpawnEngine } from '../../contract/engine.ts'
import { HourglassError } from '../../contract/errors.ts'
import { Connection } from './connection.ts'
import { Task } from './task.ts'

/** Fits `SpawnEngine`'s pace: a new process has to load its libraries before it can answer. */
const times = { ping: 1000, silentPings: 5, start: 60_000 }

/**
 * Asks one question of an engine of its own, which is ended afterwards whatever came of it: for questions that may take
 * the process with them. It comes through the host's own door, so that a window gets a utility process.
 * @param patienceMs from the question to the answer
 * @throws HourglassError `engine-crashed` where the process ended without an answer, or gave none in time; else the
 *   engine's own error
 */
export async function askThrowAway<Name extends EngineTaskName>(spawn: SpawnEngine, name: Name, input: EngineInput<Name>, patienceMs: number): Promise<EngineOutput<Name>> {
  const task = new Task(1, name, input, {})
  const lost = (what: string): void => task.fail(new HourglassError('engine-crashed', what, 'Try again.'))
  let patience: ReturnType<typeof setTimeout> | undefined
  const connection: Connection = new Connection(
    spawn(),
    {
      ready() {
        patience = setTimeout(() => lost(`It did not answer within ${patienceMs / 1000} s.`), patienceMs)
        connection.post({ type: 'task', id: task.id, name, input, priority: 'interactive' })
      },
      message(from) {
        if (from.type !== 'settled' || from.id !== task.id) return
        if (from.ok) task.succeed(from.output)
        else task.fail(from.error)
      },
      ended: () => lost('It ended the process it was tried in.'),
    },
    times,
  )
  try {
    return (await task.promise) as EngineOutput<Name>
  } finally {
    clearTimeout(patience)
    connection.kill()
  }
}
