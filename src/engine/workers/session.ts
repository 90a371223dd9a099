import type { MessagePort } from 'node:worker_threads'
import type { EngineConfig } from '../../contract/engine.ts'
import { asHourglassError } from '../../contract/errors.ts'
import { loadOnnx } from '../models/onnx.ts'
import { Sessions } from '../models/sessions.ts'
import { runTask } from '../tasks/index.ts'
import { makeContext, type Studio } from './context.ts'
import { Budget } from './budget.ts'
import type { FromSession, ToSession, WorkerRole } from './messages.ts'
import { Memo } from './memo.ts'
import { StripPool } from './pool.ts'

/** A thread that got no task for so long after its start prepares itself. */
const idleMs = 400

/** How often a task's progress is told, at most. */
const progressMs = 60

/** An eighth of the memory setting, and never more than 256 MB, is kept for what may be asked again. */
const memoBytes = (config: EngineConfig): number => Math.min(256, config.memoryMb / 8) * 2 ** 20
/** One value that is too large for that: a page of 160 million pixels, told apart, from a setting of 1 GB on. */
const largeBytes = (config: EngineConfig): number => (config.memoryMb / 4) * 2 ** 20

/** Serves the tasks of the engine in this thread: it holds the ONNX sessions and whatever is remembered of pictures. */
export function serveTasks(port: MessagePort, { config, urgent }: Extract<WorkerRole, { role: 'session' }>): void {
  const memo = new Memo(memoBytes(config), largeBytes(config))
  const studio: Studio = {
    config,
    sessions: new Sessions(config),
    pool: new StripPool(),
    memo,
    budget: new Budget(config.memoryMb, memo),
    urgent: new Int32Array(urgent),
  }
  const say = (message: FromSession): void => port.postMessage(message)

  const run = async (message: Extract<ToSession, { type: 'task' }>): Promise<void> => {
    const { id } = message
    let told = 0
    const context = makeContext(studio, message.priority, new Int32Array(message.cancel), (done) => {
      const now = performance.now()
      if (now - told < progressMs) return
      told = now
      say({ type: 'progress', id, done })
    })
    try {
      context.check()
      say({ type: 'settled', id, ok: true, output: await runTask(message.name, message.input, context) })
    } catch (thrown) {
      say({ type: 'settled', id, ok: false, error: asHourglassError(thrown).toData() })
    }
  }

  // Nothing to do yet: what the first picture will need is loaded meanwhile.
  const idle = setTimeout(() => {
    studio.pool.warmUp()
    void loadOnnx().catch(() => undefined)
  }, idleMs)

  port.on('message', (message: ToSession) => {
    if (message.type !== 'configure') clearTimeout(idle)
    switch (message.type) {
      case 'task':
        void run(message)
        break
      case 'configure':
        studio.config = message.config
        studio.memo.limit = memoBytes(message.config)
        studio.memo.largeLimit = largeBytes(message.config)
        studio.budget.limitMb = message.config.memoryMb
        void studio.sessions.configure(message.config).then(() => say({ type: 'provider', active: message.config.provider ?? 'cpu', note: null }))
        break
      case 'quit':
        void studio.sessions.releaseAll().finally(() => port.close())
        break
    }
  })
}
