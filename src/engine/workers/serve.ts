import { z } from 'zod'
import { enginePriority, engineTasks, type EngineTaskName, type FromEngine } from '../../contract/engine.ts'
import { CancelledError, type HourglassError } from '../../contract/errors.ts'
import { providerName } from '../../contract/settings.ts'
import { fault } from '../../core/texts/wording.ts'
import type { FromSession, ToSession } from './messages.ts'
import { ownerPort } from './port.ts'
import { Scheduler, type Scheduled } from './scheduler.ts'
import type { SessionThread } from './start.ts'

const config = z.object({ provider: providerName.nullable(), threads: z.number().int().min(0), memoryMb: z.number().positive(), ffmpeg: z.string().nullish(), version: z.string() })
const taskName = z.enum(Object.keys(engineTasks) as [EngineTaskName, ...EngineTaskName[]])
const toEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('configure'), config }),
  z.object({ type: z.literal('task'), id: z.number().int(), name: taskName, input: z.unknown(), priority: enginePriority, lane: z.string().optional() }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  z.object({ type: z.literal('ping'), n: z.number() }),
  z.object({ type: z.literal('quit') }),
])

interface Task extends Scheduled {
  readonly name: EngineTaskName
  readonly input: unknown
  readonly cancel: Int32Array<SharedArrayBuffer>
}

const plain = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'invalid'}`
}

/**
 * The engine's loop: hears its owner at once, whatever the threads are doing, and never touches a pixel. Everything
 * that comes in or goes out is checked here.
 */
export function serve(session: SessionThread): void {
  const port = ownerPort()
  const tasks = new Map<number, Task>()
  let quitting = false
  const say = (message: FromEngine): void => port.post(message)
  const tell = (message: ToSession): void => session.worker.postMessage(message)

  const settle = (id: number, message: Omit<Extract<FromEngine, { type: 'settled'; ok: true }>, 'id' | 'type'> | Omit<Extract<FromEngine, { type: 'settled'; ok: false }>, 'id' | 'type'>): void => {
    if (!tasks.delete(id)) return
    say({ type: 'settled', id, ...message })
    scheduler.finished(id)
    Atomics.store(session.urgent, 0, scheduler.urgent)
    leaveIfDone()
  }
  const refuse = (id: number, error: HourglassError): void => settle(id, { ok: false, error: error.toData() })

  const scheduler = new Scheduler<Task>({
    start: ({ id, name, input, priority, cancel }) => tell({ type: 'task', id, name, input, priority, cancel: cancel.buffer }),
    drop: ({ id }) => refuse(id, new CancelledError()),
    interrupt: ({ cancel }) => void Atomics.store(cancel, 0, 1),
  })

  const submit = (message: Extract<z.infer<typeof toEngine>, { type: 'task' }>): void => {
    const { id, name, priority } = message
    const input = engineTasks[name].input.safeParse(message.input)
    const task: Task = { id, name, priority, lane: message.lane ?? null, input: input.data, cancel: new Int32Array(new SharedArrayBuffer(4)) }
    tasks.set(id, task)
    if (!input.success) {
      refuse(id, fault('bad-input', 'fault.engineTaskInput', 'remedy.report', { task: name, problem: plain(input.error) }, { cause: input.error }))
    } else if (quitting) {
      refuse(id, new CancelledError())
    } else {
      scheduler.submit(task)
      Atomics.store(session.urgent, 0, scheduler.urgent)
    }
  }

  const leaveIfDone = (): void => {
    if (!quitting || tasks.size > 0) return
    tell({ type: 'quit' })
  }
  const quit = (): void => {
    if (quitting) return
    quitting = true
    scheduler.cancelAll()
    leaveIfDone()
  }

  session.worker.on('message', (message: FromSession) => {
    if (message.type === 'progress') {
      if (tasks.has(message.id)) say(message)
    } else if (message.type === 'provider') {
      say(message)
    } else if (!message.ok) {
      settle(message.id, { ok: false, error: message.error })
    } else {
      const task = tasks.get(message.id)
      if (!task) return
      const output = engineTasks[task.name].output.safeParse(message.output)
      if (output.success) settle(message.id, { ok: true, output: output.data })
      else refuse(message.id, fault('internal', 'fault.engineTaskOutput', 'remedy.report', { task: task.name, problem: plain(output.error) }))
    }
  })
  const lost = (reason: string): void => {
    for (const id of [...tasks.keys()]) {
      refuse(id, fault('engine-crashed', 'fault.engineStopped', 'remedy.engineRestarts', { reason }))
    }
    process.exitCode = 1
    // Leaves once the last messages are through.
    setTimeout(() => process.exit(1), 100)
  }
  session.worker.on('error', (error) => {
    console.error(error)
    lost(error.message)
  })
  session.worker.on('exit', (code) => {
    if (quitting && tasks.size === 0) process.exit(0)
    lost(`its thread ended with ${code}`)
  })

  port.onMessage((raw) => {
    const message = toEngine.safeParse(raw)
    if (!message.success) {
      // A task that cannot be understood is answered all the same: its owner waits for it.
      const unread = z.object({ type: z.literal('task'), id: z.number() }).safeParse(raw)
      const error = fault('bad-input', 'fault.engineMessage', 'remedy.report', { problem: plain(message.error) })
      if (unread.success) say({ type: 'settled', id: unread.data.id, ok: false, error: error.toData() })
      else console.error(error.message)
      return
    }
    switch (message.data.type) {
      case 'ping':
        say({ type: 'pong', n: message.data.n })
        break
      case 'cancel':
        scheduler.cancel(message.data.id)
        break
      case 'configure':
        tell({ type: 'configure', config: message.data.config })
        break
      case 'task':
        submit(message.data)
        break
      case 'quit':
        quit()
        break
    }
  })
  port.onClose(() => {
    quit()
    // A network that still runs cannot be waited for: leaving in the middle would look like a crash, so it is a kill.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3000).unref()
  })
  say({ type: 'ready', pid: process.pid })
}
