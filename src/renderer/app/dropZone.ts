import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { DroppedFile } from '../../contract/host.ts'

/** Another thing that can be done with files dragged over the window, beside adding them. */
interface DropZone {
  readonly text: string
  take(files: readonly DroppedFile[]): void
}

export const useDropZones = create<{ readonly zones: readonly DropZone[] }>(() => ({ zones: [] }))

/** Offers a place of its own for dropped files as long as the calling component is mounted. */
export function useDropZone(text: string, take: (files: readonly DroppedFile[]) => void): void {
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    const zone: DropZone = { text, take: (files) => latest.current(files) }
    useDropZones.setState(({ zones }) => ({ zones: [...zones, zone] }))
    return () => useDropZones.setState(({ zones }) => ({ zones: zones.filter((each) => each !== zone) }))
  }, [text])
}
