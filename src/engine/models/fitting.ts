import type { ModelCard } from '../../contract/models.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Rect } from './resample.ts'

/** How a picture lies in a network's input. */
export interface Fit {
  /** Size of the network's input. */
  readonly size: Size
  /** The part of the picture that fills it, in picture pixels; reaches beyond the picture where it is padded. */
  readonly rect: Rect
}

const toMultiple = (side: number, multiple: number): number => Math.max(multiple, Math.round(side / multiple) * multiple)

/** The size a card runs at when nothing else decides: its fixed side, or what is asked for, in whole multiples. */
export function networkSide(card: ModelCard, wanted: Size, fixed: Size | null): Size {
  if (fixed) return fixed
  const { mode, multiple, min, max } = card.size
  const clamp = (side: number): number => Math.min(Math.floor(max / multiple) * multiple || multiple, Math.max(toMultiple(min, multiple), toMultiple(side, multiple)))
  if (mode === 'fixed') {
    const side = card.size.default ?? 256
    return { width: side, height: side }
  }
  if (mode === 'square') {
    const side = clamp(Math.sqrt(wanted.width * wanted.height))
    return { width: side, height: side }
  }
  return { width: clamp(wanted.width), height: clamp(wanted.height) }
}

/**
 * Where the picture lies in the network's input, as the card's `fit` says. keep and stretch fill it whole (keep
 * differs by choosing a size of the picture's own shape), pad shows all and repeats the border, crop shows the middle.
 */
export function fitInto(picture: Size, size: Size, fit: ModelCard['size']['fit']): Fit {
  const whole: Rect = { x: 0, y: 0, width: picture.width, height: picture.height }
  if (fit === 'keep' || fit === 'stretch') return { size, rect: whole }
  const across = picture.width / size.width
  const down = picture.height / size.height
  const scale = fit === 'pad' ? Math.max(across, down) : Math.min(across, down)
  const width = scale * size.width
  const height = scale * size.height
  return { size, rect: { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height } }
}

/** The picture's own rectangle inside a plane of the network's answer that covers `fit.rect`. */
export function pictureIn(fit: Fit, picture: Size, plane: Size): Rect {
  const across = plane.width / fit.rect.width
  const down = plane.height / fit.rect.height
  return { x: -fit.rect.x * across, y: -fit.rect.y * down, width: picture.width * across, height: picture.height * down }
}
