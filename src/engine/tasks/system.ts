import { notCarried, probeHere } from '../models/probe.ts'
import { providers } from '../models/providers.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** The providers, with a report of those that need no try. */
export async function listProviders(): Promise<TaskOutput<'listProviders'>> {
  return providers.map(({ name }) => ({ name, report: notCarried(name) }))
}

export function probeProvider({ name }: TaskInput<'probeProvider'>): Promise<TaskOutput<'probeProvider'>> {
  return probeHere(name)
}

/** Memory of the whole process, its threads included, and the number of loaded networks. */
export async function memory(_input: TaskInput<'memory'>, task: TaskContext): Promise<TaskOutput<'memory'>> {
  return { rssMb: process.memoryUsage.rss() / 2 ** 20, sessions: task.studio.sessions.count }
}
