import type { AssetId } from '../../contract/ids.ts'
import { go, useRoute } from '../app/view.ts'
import { usePhotos } from './state.ts'

/** Opens one photo; it is the selection then. */
export function openPhoto(id: AssetId): void {
  usePhotos.getState().set({ current: id, selected: new Set([id]) })
  go('photos', [id])
}

/** Back to the grid. */
export function closePhoto(): void {
  go('photos')
}

/** The photo that is open, as the address says; null: the grid. */
export function useOpenPhoto(): AssetId | null {
  const { room, rest } = useRoute()
  return room === 'photos' ? ((rest[0] as AssetId | undefined) ?? null) : null
}
