import { useEffect } from 'react'
import type { PageBoard } from './board.ts'

const hex = (value: number) => value.toString(16).padStart(2, '0')

/** Reads the colour of a picture at a place in fractions of it, `#rrggbb`; null as long as it is not loaded. */
export function samplerOf(image: HTMLImageElement): (x: number, y: number) => string | null {
  let context: CanvasRenderingContext2D | null = null
  return (x, y) => {
    if (!image.complete || image.naturalWidth === 0) return null
    context ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
    if (!context) return null
    const at = (fraction: number, length: number) => Math.min(length - 1, Math.max(0, Math.floor(fraction * length)))
    context.clearRect(0, 0, 1, 1)
    context.drawImage(image, at(x, image.naturalWidth), at(y, image.naturalHeight), 1, 1, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return `#${hex(red)}${hex(green)}${hex(blue)}`
  }
}

/** Gives the board a way to read the colour of the shown result at a place. */
export function useSampler(src: string | null, board: PageBoard): void {
  useEffect(() => {
    if (src === null) return
    board.sampleFrom(samplerOf(Object.assign(new Image(), { src })))
    return () => board.sampleFrom(() => null)
  }, [src, board])
}
