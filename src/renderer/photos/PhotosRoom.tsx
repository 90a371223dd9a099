import { useEffect, useMemo } from 'react'
import { useAssets } from '../client/queries.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { ExportDialog } from './export/ExportDialog.tsx'
import { GridRoom } from './grid/GridRoom.tsx'
import { OnePhoto } from './one/OnePhoto.tsx'
import { closePhoto, useOpenPhoto } from './open.ts'
import { shownAssets, usePhotos } from './state.ts'

/** The room of photos, once there are any: the grid, or one of them open. */
export function PhotosRoom() {
  const { data: assets, error, refetch } = useAssets()
  const open = useOpenPhoto()
  const filter = usePhotos((state) => state.filter)
  const sort = usePhotos((state) => state.sort)
  const shown = useMemo(() => shownAssets(assets ?? [], filter, sort), [assets, filter, sort])
  const asset = assets?.find((each) => each.id === open)

  // The address may name a photo that is gone: undone, removed, or of another project.
  useEffect(() => {
    if (open !== null && assets && !asset) closePhoto()
  }, [open, assets, asset])

  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!assets) return null
  return (
    <>
      {asset ? <OnePhoto key={asset.id} asset={asset} shown={shown} all={assets} /> : <GridRoom shown={shown} all={assets} />}
      <ExportDialog />
    </>
  )
}
