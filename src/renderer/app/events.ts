import type { QueryClient, QueryKey, Updater } from '@tanstack/react-query'
import { create } from 'zustand'
import type { Asset } from '../../contract/assets.ts'
import type { Job, QueueSummary } from '../../contract/jobs.ts'
import type { StudioEvent } from '../../contract/system.ts'
import type { StudioClient } from '../client/context.tsx'
import { keep, refresh } from '../client/freshness.ts'

interface JobList {
  readonly jobs: readonly Job[]
  readonly summary: QueueSummary
}

function merged<Item extends { readonly id: string }>(list: readonly Item[], changed: readonly Item[]): Item[] {
  const fresh = new Map(changed.map((item) => [item.id, item]))
  const kept = list.map((item) => {
    const newer = fresh.get(item.id)
    fresh.delete(item.id)
    return newer ?? item
  })
  return [...kept, ...fresh.values()]
}

/** Brings what the page knows up to date with one thing that happened. */
export function applyEvent(cache: QueryClient, event: StudioEvent): void {
  const again = (...queryKey: unknown[]) => refresh(cache, queryKey)
  const now = <Data>(queryKey: QueryKey, data: Updater<Data | undefined, Data | undefined>) => keep(cache, queryKey, data)
  switch (event.type) {
    case 'hello':
      // Something may have been missed before: ask for all of it again.
      void cache.invalidateQueries(undefined, { cancelRefetch: false })
      break
    case 'project.changed': {
      const before = cache.getQueryData<{ id: string } | null>(['project'])
      now(['project'], event.project)
      again('recent')
      again('notReopened')
      if (before?.id !== event.project?.id) for (const key of ['assets', 'version', 'versions', 'history', 'palette', 'review', 'shots', 'edit', 'films', 'takes', 'jobs']) again(key)
      else again('history', null)
      break
    }
    case 'asset.changed':
      now<Asset[]>(['assets'], (list) => (list ? merged(list, event.assets) : list))
      again('history', null)
      break
    case 'asset.removed':
      now<Asset[]>(['assets'], (list) => list?.filter(({ id }) => !event.ids.includes(id)))
      again('history', null)
      break
    case 'version.changed':
      now(['version', event.version.id], event.version)
      again('versions', event.version.asset)
      again('history', event.version.id)
      again('history', null)
      break
    case 'palette.changed':
      now(['palette'], event.palette)
      // What can be undone in front of a page counts the palette's changes.
      for (const key of ['version', 'history']) again(key)
      break
    case 'review.changed':
      now(['review', event.asset], event.review)
      break
    case 'shots.changed':
      now(['shots', event.asset], event.shots)
      break
    case 'edit.changed':
      now(['edit'], event.edit)
      again('history', null)
      break
    case 'job.changed':
      now<JobList>(['jobs'], (list) => (list ? { jobs: merged(list.jobs, [event.job]), summary: event.summary } : list))
      if ((event.job.kind === 'film' || event.job.kind === 'edit') && event.job.state === 'done') for (const key of ['films', 'takes']) again(key, event.job.asset)
      if (event.job.kind === 'proxy' && event.job.state === 'done') again('proxy', event.job.asset)
      break
    case 'job.cleared':
      now<JobList>(['jobs'], (list) => (list ? { ...list, summary: event.summary } : list))
      again('jobs')
      break
    case 'model.changed':
      again('models')
      again('system')
      break
    case 'settings.changed':
      now(['settings'], event.settings)
      break
    case 'system.changed':
      now(['system'], event.info)
      break
  }
}

/** Whether the studio can be heard; a page without it says so and waits. */
export const useConnectionState = create<{ readonly heard: boolean; readonly lost: boolean }>(() => ({ heard: false, lost: false }))

/** First and longest wait (ms) before the next try to connect. */
const waits = { first: 300, longest: 4000 }

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Listens to the studio until `signal` aborts, and again whenever the connection was lost. */
export async function followEvents(client: StudioClient, cache: QueryClient, signal: AbortSignal): Promise<void> {
  let wait = waits.first
  while (!signal.aborted) {
    try {
      for await (const event of await client.system.events(undefined, { signal })) {
        wait = waits.first
        useConnectionState.setState({ heard: true, lost: false })
        applyEvent(cache, event)
      }
    } catch {
      // The reason does not matter: the page waits and asks again, whatever broke the line.
    }
    if (signal.aborted) return
    useConnectionState.setState({ lost: true })
    await pause(wait, signal)
    wait = Math.min(waits.longest, wait * 2)
  }
}
