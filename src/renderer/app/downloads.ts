import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { create } from 'zustand'
import type { JobId } from '../../contract/ids.ts'
import { useHost } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'

const useExpected = create<{ readonly ids: ReadonlySet<JobId> }>(() => ({ ids: new Set() }))

/** Export jobs started in this window whose files are handed over as soon as they are done. */
export function expectDownloads(jobs: readonly JobId[]): void {
  useExpected.setState(({ ids }) => ({ ids: new Set([...ids, ...jobs]) }))
}

/** Hands finished files to the user, once each, wherever in the window the user is by then. */
export function useDownloads(): void {
  const host = useHost()
  const expected = useExpected((state) => state.ids)
  const { data } = useQuery({ ...useStudioQueries().jobs(), enabled: expected.size > 0 })
  useEffect(() => {
    const ended = data?.jobs.filter((job) => expected.has(job.id) && ['done', 'failed', 'cancelled'].includes(job.state)) ?? []
    if (ended.length === 0) return
    useExpected.setState({ ids: new Set([...expected].filter((id) => !ended.some((job) => job.id === id))) })
    for (const { result } of ended) if (result?.downloadable) void host.download?.(result.grant, result.name)
  }, [data, expected, host])
}
