import { useEffect, useRef, type ReactNode } from 'react'
import styles from './CaptionedStrip.module.css'

interface StripItem<Id extends string> {
  readonly id: Id
  /** Address of its small picture; null: none yet. */
  readonly src: string | null
  /** Width over height of the picture. */
  readonly ratio: number
  readonly name: string
  /** What a screen reader says; the caption where it is absent. */
  readonly label?: string
  readonly caption: ReactNode
}

interface CaptionedStripProps<Id extends string> {
  readonly label: string
  readonly items: readonly StripItem<Id>[]
  readonly current: Id
  onOpen(id: Id): void
}

/** Small pictures in a row, each with a caption below it; the current one stays in sight. */
export function CaptionedStrip<Id extends string>({ label, items, current, onOpen }: CaptionedStripProps<Id>) {
  const row = useRef<HTMLDivElement | null>(null)
  useEffect(() => {
    row.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [current])
  return (
    <div ref={row} className={styles['strip']} role="group" aria-label={label}>
      {items.map((item) => (
        <button key={item.id} type="button" className={styles['item']} aria-current={item.id === current} aria-label={item.label} title={item.name} onClick={() => onOpen(item.id)}>
          <span className={styles['picture']} style={{ aspectRatio: `${Math.min(2, Math.max(0.5, item.ratio))}` }}>
            {item.src !== null && <img src={item.src} alt="" loading="lazy" draggable={false} />}
          </span>
          <span className={styles['caption']} aria-hidden={item.label === undefined ? undefined : true}>
            {typeof item.caption === 'string' ? <span className={styles['words']}>{item.caption}</span> : item.caption}
          </span>
        </button>
      ))}
    </div>
  )
}
