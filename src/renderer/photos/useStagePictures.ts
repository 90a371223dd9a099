import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Asset } from '../../contract/assets.ts'
import type { Crop, PreviewRequest } from '../../contract/photos.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { useClient, useHost } from '../client/context.tsx'
import type { StagePicture } from '../stage/Stage.tsx'
import { isStrip, sizeBySheet } from '../../core/pages/sheet.ts'
import { fitZoom, visiblePart, zoomOf, type Viewport } from '../stage/viewport.ts'
import { usePreview, type PreviewState } from './usePreview.ts'

export interface StagePictures {
  readonly original: StagePicture
  readonly result: StagePicture
  readonly doubt: string | null
  readonly state: PreviewState
}

/** Boxes come in steps, so that a window dragged wider does not ask for a new picture at every pixel. */
const stepUp = (pixels: number) => Math.ceil(pixels / 64) * 64
/** Pixels of the picture of a whole strip, at most. */
const stripPixels = 3_000_000
/** A moment of rest before the sharp part is asked for, in ms. */
const restMs = 180

/**
 * The pictures of an open photo for a window: original and result fitted, and once the view is zoomed in and at
 * rest the sharp part of both.
 */
export function useStagePictures(asset: Asset, recipe: Recipe | null, window: Size | null, view: Viewport, doubt: boolean): StagePictures {
  const client = useClient()
  const host = useHost()
  const ratio = globalThis.devicePixelRatio || 1
  const picture: Size = asset.info
  const strip = asset.kind === 'page' && isStrip(picture)
  // A strip is never seen whole: what lies under its sharp part is as fine as its size allows.
  const fit = !window ? 0 : strip ? sizeBySheet(picture, Math.max(picture.width, picture.height), stripPixels).width / picture.width / ratio : fitZoom(picture, window)
  const box: Size | null = window && {
    width: Math.min(picture.width, stepUp(picture.width * fit * ratio)),
    height: Math.min(picture.height, stepUp(picture.height * fit * ratio)),
  }

  const request: PreviewRequest | null = box && recipe && { asset: asset.id, recipe, box, lane: `preview:${asset.currentVersion}`, doubt }
  const state = usePreview(request)
  const original = useQuery({
    queryKey: ['original', asset.id, asset.sha256, box, null],
    queryFn: ({ signal }) => client.photos.original({ asset: asset.id, box: box ?? { width: 1, height: 1 } }, { signal }),
    enabled: box !== null && !asset.missing,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

  const zoom = window ? zoomOf(view, picture, window) : 0
  const part = window && zoom > fit * 1.15 && fit * ratio < 1 ? visiblePart(view, picture, window) : null
  const [restingKey] = useDebouncedValue(JSON.stringify({ part, zoom }), restMs)
  const rest = JSON.parse(restingKey) as { part: Crop | null; zoom: number }
  const wanted = part && rest.part && rest.zoom === zoom ? rest.part : null
  const detailBox: Size | null = wanted && {
    width: Math.max(1, Math.round(Math.min(1, zoom * ratio) * picture.width * wanted.width)),
    height: Math.max(1, Math.round(Math.min(1, zoom * ratio) * picture.height * wanted.height)),
  }
  const detailRequest: PreviewRequest | null =
    wanted && detailBox && recipe && { asset: asset.id, recipe, box: detailBox, crop: wanted, lane: `detail:${asset.currentVersion}`, priority: 'visible' }
  const detail = usePreview(detailRequest)
  const originalDetail = useQuery({
    queryKey: ['original', asset.id, asset.sha256, detailBox, wanted],
    queryFn: ({ signal }) => client.photos.original({ asset: asset.id, box: detailBox ?? { width: 1, height: 1 }, ...(wanted ? { crop: wanted } : {}) }, { signal }),
    enabled: detailBox !== null && !asset.missing,
    staleTime: 60_000,
    retry: false,
  })

  const url = (key: string | null | undefined) => (key ? host.pictureUrl(key) : null)
  const sharp = (key: string | null | undefined) => (wanted && key ? { src: host.pictureUrl(key), part: wanted } : null)
  return {
    original: { src: url(original.data?.key) ?? url(asset.thumbnail), detail: sharp(originalDetail.data?.key) },
    result: { src: url(state.preview?.key), detail: detail.busy ? null : sharp(detail.preview?.key) },
    doubt: doubt ? url(state.preview?.doubt) : null,
    state,
  }
}
