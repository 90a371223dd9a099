import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { useClient, useHost } from '../client/context.tsx'
import { RegionMap } from '../stage/overlay/regionMap.ts'
import { pixelsOf } from '../stage/pixels.ts'
import type { PageBoard } from './board.ts'
import { pageParams } from './editing.ts'

/** A page at rest is looked at; a stroke is not held up by it. ms */
const restMs = 400

/** Regions, panels, bubbles and what has no hint: told to the board as they are known, and answered. */
export function useInsight(asset: Asset, recipe: Recipe | null, board: PageBoard): PageReport | null {
  const client = useClient()
  const host = useHost()
  const [resting] = useDebouncedValue(recipe, restMs)
  const isThere = !asset.missing && resting !== null
  const { data: report } = useQuery({
    queryKey: ['page-report', asset.id, asset.sha256, resting],
    queryFn: ({ signal }) => client.pages.report({ asset: asset.id, recipe: resting ?? { version: 1, steps: [] }, lane: `report:${asset.id}` }, { signal }),
    enabled: isThere,
    retry: false,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
  // What hints do not change tells regions apart.
  const shape = useMemo(() => {
    if (!resting) return null
    const { toneSize, closings, gap, joins } = pageParams(resting)
    return JSON.stringify([toneSize, closings, gap, joins])
  }, [resting])
  const { data: map } = useQuery({
    queryKey: ['region-map', asset.id, asset.sha256, shape],
    queryFn: ({ signal }) => client.pages.regionMap({ asset: asset.id, recipe: resting ?? { version: 1, steps: [] } }, { signal }),
    enabled: isThere,
    retry: false,
    gcTime: 60_000,
  })
  const src = map ? host.pictureUrl(map.key) : null

  useEffect(() => board.tellReport(report ?? null), [board, report])
  useEffect(() => {
    if (src === null) return
    let isWanted = true
    void readRegions(src).then(
      (regions) => isWanted && board.tellRegions(regions),
      // Without a map nothing is outlined; everything else works.
      () => undefined,
    )
    return () => {
      isWanted = false
      board.tellRegions(null)
    }
  }, [board, src])
  return report ?? null
}

async function readRegions(src: string): Promise<RegionMap> {
  const { data, width, height } = await pixelsOf(src)
  return new RegionMap(data, width, height)
}
