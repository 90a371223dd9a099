import type { ReactNode } from 'react'
import type { Crop } from '../../contract/photos.ts'
import type { Size } from '../../contract/pictures.ts'
import { SwapImage } from './SwapImage.tsx'
import styles from './Stage.module.css'
import { placement, type Viewport } from './viewport.ts'

/** A sharper picture of a part, laid over the whole one where the view is zoomed in. */
export interface Detail {
  readonly src: string
  readonly part: Crop
}

interface PictureLayerProps {
  readonly src: string | null
  readonly detail: Detail | null
  readonly alt: string
  readonly view: Viewport
  readonly picture: Size
  readonly window: Size
  /** Fractions of the width cut away at the left and right: the split. */
  readonly cut?: { readonly left: number; readonly right: number }
  readonly onShown?: ((src: string) => void) | undefined
  readonly children?: ReactNode
}

const percent = (fraction: number) => `${fraction * 100}%`

/** One picture placed by the viewport. Layers given the same view lie exactly on each other. */
export function PictureLayer({ src, detail, alt, view, picture, window, cut, onShown, children }: PictureLayerProps) {
  const { left, top, zoom } = placement(view, picture, window)
  const clip = cut ? `inset(0 ${percent(cut.right)} 0 ${percent(cut.left)})` : undefined
  return (
    <div
      className={styles['layer']}
      data-sharp={(view.zoom ?? 0) > 2 || undefined}
      style={{ transform: `translate(${left}px, ${top}px)`, width: picture.width * zoom, height: picture.height * zoom, clipPath: clip }}
    >
      <SwapImage src={src} alt={alt} className={styles['whole']} onShown={onShown} />
      {detail && (
        <SwapImage
          src={detail.src}
          alt=""
          className={styles['detail']}
          style={{ left: percent(detail.part.x), top: percent(detail.part.y), width: percent(detail.part.width), height: percent(detail.part.height) }}
        />
      )}
      {children}
    </div>
  )
}
