import type { TextKey } from '../i18n/index.ts'

/** A measured figure worth a place on a card. */
export interface Figure {
  readonly id: string
  readonly text: TextKey
  readonly value: number
  readonly digits: number
  /** Which side is better. */
  readonly better: 'lower' | 'higher'
}

const known: readonly Omit<Figure, 'value'>[] = [
  { id: 'ciede2000', text: 'models.figure.ciede2000', digits: 1, better: 'lower' },
  { id: 'psnr', text: 'models.figure.psnr', digits: 1, better: 'higher' },
  { id: 'colorfulness', text: 'models.figure.colorfulness', digits: 0, better: 'higher' },
  { id: 'colorfulnessRatio', text: 'models.figure.colorfulnessRatio', digits: 2, better: 'higher' },
  { id: 'fid', text: 'models.figure.fid', digits: 1, better: 'lower' },
  { id: 'ssim', text: 'models.figure.ssim', digits: 3, better: 'higher' },
  { id: 'lpips', text: 'models.figure.lpips', digits: 3, better: 'lower' },
]

/** At most this many on a card. */
const shown = 3

/** The known ones among a card's figures, in the order of the list above. */
export function figuresOf(figures: Readonly<Record<string, unknown>>): Figure[] {
  return known
    .flatMap((figure) => {
      const value = figures[figure.id]
      return typeof value === 'number' ? [{ ...figure, value }] : []
    })
    .slice(0, shown)
}
