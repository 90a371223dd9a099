import { useEffect } from 'react'
import { create } from 'zustand'
import type { AssetId } from '../../contract/ids.ts'
import type { ClipRange } from '../../contract/review.ts'
import type { Range } from '../../core/film/playing.ts'
import type { Seen } from './laneScale.ts'
import { currentRoute, go, useRoute } from '../app/view.ts'
import type { editRoute } from './edit/state.ts'
import type { ToolId } from '../stage/tools/index.ts'

/** What the pointer can do on a frame. */
export const filmTools = ['hand', 'hint', 'eraser'] as const satisfies readonly ToolId[]
export type FilmTool = (typeof filmTools)[number]

interface FilmState {
  /** Frame under the playhead of the open clip. */
  readonly frame: number
  /** Times its own speed, negative backwards; 0 stands still. */
  readonly speed: number
  readonly loop: boolean
  /** Resting frames are shown in colour. */
  readonly inColor: boolean
  readonly range: ClipRange
  /** Frames of the last playing that came too late to be shown. */
  readonly dropped: number
  readonly tool: FilmTool
  /** The open page of the inspector; null: the first. */
  readonly tab: string | null
  /** The last thing done was to take a clip out: undo brings that back. */
  readonly tookOut: boolean
  /** The dialog that writes a film is open. */
  readonly exporting: boolean
  /** Frames of the timeline that are seen, in fractions of the clip: zoom and place. */
  readonly seen: Seen
}

const unset: ClipRange = { from: null, to: null }
const still = { speed: 0, dropped: 0, range: unset, seen: { from: 0, share: 1 } } as const

/** How long the playhead rests before the address names its frame, ms. */
const restMs = 400

/** View state of the Film room; what is true of clips lives in the studio. */
export const useFilm = create<FilmState>(() => ({ frame: 0, loop: false, inColor: true, tool: 'hand', tab: null, tookOut: false, exporting: false, ...still }))

/** Another clip is opened at this frame. */
export const openedAt = (frame: number): void => useFilm.setState({ frame, ...still })

/** Stands still at a frame. */
export const standAt = (frame: number): void => useFilm.setState({ frame, speed: 0 })

/** The clip, or the edit, and the frame that the address names. */
export function useOpenClip(): { readonly id: AssetId | typeof editRoute | null; readonly frame: number } {
  const { room, rest } = useRoute()
  const [id, frame] = room === 'film' ? rest : []
  return { id: (id as AssetId | typeof editRoute | undefined) ?? null, frame: Math.max(0, Number.parseInt(frame ?? '', 10) || 0) }
}

/** The address names the frame where the playhead rests. @param named the clip, or the edit, that is open */
export function useAddressOf(named: AssetId | typeof editRoute, frame: number): void {
  useEffect(() => {
    const resting = setTimeout(() => {
      // Who has just gone elsewhere is not called back, though this is still on the screen.
      const { room, rest } = currentRoute()
      if (room === 'film' && rest[0] === named) go('film', [named, String(frame)], true)
    }, restMs)
    return () => clearTimeout(resting)
  }, [named, frame])
}

/** In and out as first and last frame; the whole clip where they are not set. */
export function playedRange(range: FilmState['range'], frames: number): Range {
  const from = Math.min(range.from ?? 0, frames - 1)
  return { from, to: Math.max(from, Math.min(range.to ?? frames - 1, frames - 1)) }
}
