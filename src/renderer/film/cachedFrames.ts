import { create } from 'zustand'
import type { AssetId } from '../../contract/ids.ts'
import type { Size } from '../../contract/pictures.ts'

interface CachedFrames {
  /** Of the clip that was looked at last: frames whose pictures of this size are here. */
  readonly asset: AssetId | null
  readonly size: string
  readonly flags: Uint8Array
  /** How many there are: the flags are changed in their place. */
  readonly count: number
}

/** Exact frames that have come at the size at which they are shown: they come again at once. */
export const useCachedFrames = create<CachedFrames>(() => ({ asset: null, size: '', flags: new Uint8Array(0), count: 0 }))

/** @param frames of the clip */
export function keepInMind(asset: AssetId, frames: number, box: Size, frame: number): void {
  const size = `${box.width}x${box.height}`
  useCachedFrames.setState((before) => {
    const isSame = before.asset === asset && before.size === size && before.flags.length === frames
    if (isSame && before.flags[frame] === 1) return before
    const flags = isSame ? before.flags : new Uint8Array(frames)
    flags[frame] = 1
    return { asset, size, flags, count: isSame ? before.count + 1 : 1 }
  })
}
