import { queryOptions, useQuery } from '@tanstack/react-query'
import type { AssetId, VersionId } from '../../contract/ids.ts'
import type { ModelTask } from '../../contract/models.ts'
import type { HistoryScope } from '../../contract/versions.ts'
import { useClient, type StudioClient } from './context.tsx'

/**
 * What the page knows of the studio, once. The event subscription keeps these entries fresh, so none of them
 * goes stale by itself.
 */
export const queries = (client: StudioClient) => ({
  project: () => queryOptions({ queryKey: ['project'], queryFn: ({ signal }) => client.projects.current(undefined, { signal }) }),
  notReopened: () => queryOptions({ queryKey: ['notReopened'], queryFn: ({ signal }) => client.projects.notReopened(undefined, { signal }) }),
  recent: () => queryOptions({ queryKey: ['recent'], queryFn: ({ signal }) => client.projects.recent(undefined, { signal }) }),
  assets: () => queryOptions({ queryKey: ['assets'], queryFn: ({ signal }) => client.assets.list(undefined, { signal }) }),
  version: (id: VersionId) => queryOptions({ queryKey: ['version', id], queryFn: ({ signal }) => client.versions.get({ id }, { signal }) }),
  versions: (asset: AssetId) => queryOptions({ queryKey: ['versions', asset], queryFn: ({ signal }) => client.versions.list({ asset }, { signal }) }),
  /** `value`: what the recipe holds, so that another reference is another question. */
  reference: (version: VersionId, value: unknown) =>
    queryOptions({ queryKey: ['reference', version, value], queryFn: ({ signal }) => client.photos.reference({ version }, { signal }) }),
  /** null: the project's own history. */
  history: (version: HistoryScope) =>
    queryOptions({ queryKey: ['history', version], queryFn: ({ signal }) => client.history.list({ version }, { signal }) }),
  palette: () => queryOptions({ queryKey: ['palette'], queryFn: ({ signal }) => client.palette.get(undefined, { signal }) }),
  clip: (asset: AssetId) => queryOptions({ queryKey: ['clip', asset], queryFn: ({ signal }) => client.film.open({ asset }, { signal }), retry: false }),
  review: (asset: AssetId) => queryOptions({ queryKey: ['review', asset], queryFn: ({ signal }) => client.review.get({ asset }, { signal }), retry: false }),
  proxy: (asset: AssetId) => queryOptions({ queryKey: ['proxy', asset], queryFn: ({ signal }) => client.review.proxy({ asset }, { signal }), retry: false }),
  shots: (asset: AssetId) => queryOptions({ queryKey: ['shots', asset], queryFn: ({ signal }) => client.shots.get({ asset }, { signal }), retry: false }),
  edit: () => queryOptions({ queryKey: ['edit'], queryFn: ({ signal }) => client.edit.get(undefined, { signal }) }),
  /** null: of the edit. */
  films: (asset: AssetId | null) => queryOptions({ queryKey: ['films', asset], queryFn: ({ signal }) => client.coloring.films({ asset }, { signal }) }),
  takes: (asset: AssetId) => queryOptions({ queryKey: ['takes', asset], queryFn: ({ signal }) => client.takes.list({ asset }, { signal }) }),
  jobs: () => queryOptions({ queryKey: ['jobs'], queryFn: ({ signal }) => client.jobs.list(undefined, { signal }) }),
  models: (task?: ModelTask) => queryOptions({ queryKey: ['models', task ?? 'all'], queryFn: ({ signal }) => client.models.list({ task }, { signal }) }),
  settings: () => queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => client.settings.get(undefined, { signal }) }),
  system: () => queryOptions({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) }),
})

/** `useStudioQueries().assets()` and so on, bound to this page's client. */
export const useStudioQueries = () => queries(useClient())

export const useProject = () => useQuery(useStudioQueries().project())
export const useAssets = () => useQuery(useStudioQueries().assets())
export const useSettings = () => useQuery(useStudioQueries().settings())

/** A call as a mutation takes it: react-query's own second argument must not reach the wire. */
export const asMutation =
  <Input, Output>(call: (input: Input) => Promise<Output>) =>
  (input: Input): Promise<Output> =>
    call(input)
