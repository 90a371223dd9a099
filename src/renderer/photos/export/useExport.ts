import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Granted } from '../../../contract/host.ts'
import type { GrantId, JobId } from '../../../contract/ids.ts'
import { expectDownloads } from '../../app/downloads.ts'
import { useClient, useHost, type StudioClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useTell } from '../../ui/tell.ts'

interface Export {
  /** What was chosen, to be offered the next time. */
  readonly remember: Parameters<StudioClient['settings']['change']>[0]
  start(folder: GrantId | null): Promise<{ readonly jobs: readonly JobId[] }>
  /** What is said once the jobs wait. */
  said(count: number, isDownload: boolean): string
  onDone(): void
}

/** Starts an export: the choice is remembered, the jobs are queued, and where the host writes nothing the files come as downloads. */
export function useExport({ remember, start, said, onDone }: Export): { readonly isBusy: boolean; go(target: Granted | null): void } {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const isDownload = !host.pickTargetFolder
  const { mutate, isPending } = useMutation({
    mutationFn: async (target: Granted | null) => {
      cache.setQueryData(queries.settings().queryKey, await client.settings.change(remember))
      return start(target?.grant ?? null)
    },
    onSuccess: ({ jobs }) => {
      if (isDownload) expectDownloads(jobs)
      onDone()
      tell.note(said(jobs.length, isDownload))
    },
    onError: tell.error,
  })
  return { isBusy: isPending, go: (target) => mutate(target) }
}
