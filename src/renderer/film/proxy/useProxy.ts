import { skipToken, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { isUnfinished, type Job } from '../../../contract/jobs.ts'
import type { Proxy } from '../../../contract/review.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { asMutation, useStudioQueries } from '../../client/queries.ts'
import { useTell } from '../../ui/tell.ts'
import { ProxyReader } from './ProxyReader.ts'

export interface ProxyState {
  readonly proxy: Proxy | null
  /** The work under way, or the newest that failed. */
  readonly job: Job | null
  make(): void
}

/** The proxy of a clip, and the job that makes it. */
export function useProxy(asset: Asset): ProxyState {
  const client = useClient()
  const tell = useTell()
  const { data: proxy = null } = useQuery(useStudioQueries().proxy(asset.id))
  const { data: jobs } = useQuery(useStudioQueries().jobs())
  const job = jobs?.jobs.findLast(({ kind, asset: of }) => kind === 'proxy' && of === asset.id) ?? null
  const { mutate } = useMutation({ mutationFn: asMutation(client.review.makeProxy), onError: tell.error })
  return { proxy, job: job && (isUnfinished(job) || job.state === 'failed') ? job : null, make: () => mutate({ asset: asset.id }) }
}

/** Reads the proxy of a clip; null: there is none, or no clip. */
export function useProxyReader(asset: Asset | null): ProxyReader | null {
  const host = useHost()
  const queries = useStudioQueries()
  const { data: proxy } = useQuery(asset ? queries.proxy(asset.id) : { queryKey: ['proxy', 'none'], queryFn: skipToken })
  const reader = useMemo(() => (proxy ? new ProxyReader(host.pictureUrl(proxy.key), proxy) : null), [host, proxy])
  useEffect(() => () => reader?.close(), [reader])
  return reader
}
