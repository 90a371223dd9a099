import type { EngineInput, EngineOutput, EngineTaskName, SpawnEngine } from '../../contract/engine.ts'
import { fault } from '../../core/texts/wording.ts'
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
  let patience: ReturnType<typeof setTimeout> | undefined
  const connection: Connection = new Connection(
    spawn(),
    {
      ready() {
        patience = setTimeout(() => task.fail(fault('engine-crashed', 'fault.probeSilent', 'remedy.tryAgain', { seconds: patienceMs / 1000 })), patienceMs)
        connection.post({ type: 'task', id: task.id, name, input, priority: 'interactive' })
      },
      message(from) {
        if (from.type !== 'settled' || from.id !== task.id) return
        if (from.ok) task.succeed(from.output)
        else task.fail(from.error)
      },
      ended: () => task.fail(fault('engine-crashed', 'fault.probeEnded', 'remedy.tryAgain')),
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
