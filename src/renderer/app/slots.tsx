import { useLayoutEffect, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { create } from 'zustand'

/**
 * Places of the frame that a room fills: the compare modes in the middle of the top bar, the primary action at its right
 * end, the tools beside the rail, the inspector, the strip, and the left half of the status line.
 */
export type SlotName = 'compare' | 'primary' | 'tools' | 'inspector' | 'strip' | 'status' | 'statusEnd'

interface SlotState {
  readonly places: Readonly<Partial<Record<SlotName, HTMLElement>>>
  /** How many parts of the page fill a slot; the frame folds away what nobody fills. */
  readonly filled: Readonly<Partial<Record<SlotName, number>>>
}

const useSlots = create<SlotState>(() => ({ places: {}, filled: {} }))

/** Ref callbacks for the frame, one a slot, stable. */
const refs = new Map<SlotName, (element: HTMLElement | null) => void>()

/** Used by the frame: says where a slot is. */
export function placeOf(name: SlotName): (element: HTMLElement | null) => void {
  let ref = refs.get(name)
  if (!ref) {
    ref = (element) =>
      useSlots.setState(({ places }) => {
        const { [name]: _gone, ...others } = places
        return { places: element ? { ...others, [name]: element } : others }
      })
    refs.set(name, ref)
  }
  return ref
}

/** Used by the frame: whether a room fills this slot now. */
export const useIsFilled = (name: SlotName): boolean => useSlots((state) => (state.filled[name] ?? 0) > 0)

/** Used by rooms: draws its children in a place of the frame, as long as it is mounted. */
export function Slot({ name, children }: { readonly name: SlotName; readonly children: ReactNode }) {
  const place = useSlots((state) => state.places[name])
  useLayoutEffect(() => {
    const count = (by: number) => useSlots.setState(({ filled }) => ({ filled: { ...filled, [name]: (filled[name] ?? 0) + by } }))
    count(1)
    return () => count(-1)
  }, [name])
  return place ? createPortal(children, place) : null
}
