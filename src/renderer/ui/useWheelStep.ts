import { useEffect, useRef, type RefObject } from 'react'

/** A wheel turning when the pointer arrives belongs to the panel that scrolls; this quiet (ms) makes it ours. */
const settle = 250
/** Wheel travel (px) that counts as one step. */
const notch = 40

/** Calls `onStep` with ±1 (Shift: ±10) as the wheel turns over the element, unless the panel under it is being scrolled. */
export function useWheelStep(onStep: (steps: number) => void, disabled: boolean): RefObject<HTMLDivElement | null> {
  const area = useRef<HTMLDivElement | null>(null)
  const latest = useRef(onStep)
  useEffect(() => {
    latest.current = onStep
  })
  useEffect(() => {
    const element = area.current
    if (!element || disabled) return
    let quietSince = 0
    let travelled = 0
    const enter = (event: PointerEvent) => {
      quietSince = event.timeStamp
      travelled = 0
    }
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey) return
      if (event.timeStamp - quietSince < settle && travelled === 0) {
        quietSince = event.timeStamp
        return
      }
      event.preventDefault()
      travelled += event.deltaY === 0 ? event.deltaX : event.deltaY
      const steps = Math.trunc(travelled / notch)
      if (steps === 0) return
      travelled -= steps * notch
      // Zero would look like a fresh arrival to the test above.
      if (travelled === 0) travelled = 1e-6
      latest.current(-Math.sign(steps) * (event.shiftKey ? 10 : 1))
    }
    element.addEventListener('pointerenter', enter)
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      element.removeEventListener('pointerenter', enter)
      element.removeEventListener('wheel', wheel)
    }
  }, [disabled])
  return area
}
