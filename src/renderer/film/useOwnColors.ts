import { useEffect, useState } from 'react'
import { colorKindOf } from '../../core/color/colorKind.ts'
import { pixelsOf } from '../stage/pixels.ts'

/** Width of the copy that is judged, pixels. */
const judgedWidth = 96

/** Whether a frame is in colour already, as films are judged. @param src address of its picture; null asks nothing @returns null: not known yet */
export function useOwnColors(src: string | null): boolean | null {
  const [told, setTold] = useState<{ readonly src: string; readonly inColor: boolean } | null>(null)
  useEffect(() => {
    if (src === null) return
    let isWanted = true
    pixelsOf(src, judgedWidth).then(
      ({ data }) => {
        const plane = (channel: number) => Float32Array.from({ length: data.length / 4 }, (_, n) => (data[4 * n + channel] ?? 0) / 255)
        if (isWanted) setTold({ src, inColor: colorKindOf(plane(0), plane(1), plane(2)).kind === 'color' })
      },
      // A picture that cannot be read stays as it is.
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [src])
  return told !== null && told.src === src ? told.inColor : null
}
