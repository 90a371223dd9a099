import { fastestUsable, probeProviders as probe } from '../models/probe.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Tries execution providers; where the user chose none, the fastest that works is used from now on. */
export async function probeProviders(input: TaskInput<'probeProviders'>, task: TaskContext): Promise<TaskOutput<'probeProviders'>> {
  const { studio } = task
  const reports = await probe(studio.entry, input.names)
  if (studio.config.provider === null && input.names === undefined) {
    const provider = fastestUsable(reports)
    await studio.sessions.configure({ ...studio.config, provider })
    studio.tellProvider(provider, provider === 'cpu' ? null : (reports.find(({ name }) => name === provider)?.reason ?? null))
  }
  return reports
}

/** Memory of the whole process, its threads included, and the number of loaded networks. */
export async function memory(_input: TaskInput<'memory'>, task: TaskContext): Promise<TaskOutput<'memory'>> {
  return { rssMb: process.memoryUsage.rss() / 2 ** 20, sessions: task.studio.sessions.count }
}
