import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { AssetId } from '../../../contract/ids.ts'
import { useTexts } from '../../i18n/index.ts'
import { frame } from '../../ui/theme/tokens.ts'
import { openPhoto } from '../open.ts'
import { selectionAfter, usePhotos } from '../state.ts'
import { Cell, cellId } from './Cell.tsx'
import styles from './Grid.module.css'
import { justifiedRows, squareRows } from './justified.ts'

/** The project's photos, hundreds of them: only rows near the window are drawn. */
export function Grid({ assets }: { readonly assets: readonly Asset[] }) {
  const { t } = useTexts()
  const { selected, current, rowHeight, square, set } = usePhotos()
  const { ref: measure, width } = useElementSize<HTMLDivElement>()
  const scroller = useRef<HTMLDivElement | null>(null)
  const gap = frame.gridGap

  const rows = useMemo(() => {
    if (width === 0) return []
    return square ? squareRows(assets.length, width, rowHeight, gap) : justifiedRows(assets.map(({ info }) => info.width / info.height), width, rowHeight, gap)
  }, [assets, width, rowHeight, square, gap])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.height ?? rowHeight) + gap,
    overscan: 3,
  })
  useEffect(() => virtual.measure(), [rows, virtual])

  const order = useMemo(() => assets.map((asset) => asset.id), [assets])
  // One listener for all cells: they come and go while scrolling.
  const cellOf = (event: MouseEvent): AssetId | null => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-asset]') : null
    return (cell?.dataset['asset'] as AssetId | undefined) ?? null
  }
  const onClick = (event: MouseEvent) => {
    const id = cellOf(event)
    if (id === null) set({ selected: new Set() })
    else set(selectionAfter(order, usePhotos.getState(), id, { shift: event.shiftKey, toggle: event.ctrlKey || event.metaKey }))
  }
  const onDoubleClick = (event: MouseEvent) => {
    const id = cellOf(event)
    if (id !== null) openPhoto(id)
  }

  const moveTo = (index: number, keys: { shift: boolean }) => {
    const id = order[Math.min(order.length - 1, Math.max(0, index))]
    if (id === undefined) return
    const before = usePhotos.getState()
    set(keys.shift ? { ...selectionAfter(order, before, id, { shift: true, toggle: false }) } : { selected: new Set([id]), current: id })
    const row = rows.findIndex(({ first, widths }) => index >= first && index < first + widths.length)
    if (row >= 0) virtual.scrollToIndex(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = current === null ? -1 : order.indexOf(current)
    const row = rows.findIndex(({ first, widths }) => at >= first && at < first + widths.length)
    const keys = { shift: event.shiftKey }
    if (event.key === 'ArrowRight') moveTo(at + 1, keys)
    else if (event.key === 'ArrowLeft') moveTo(Math.max(0, at - 1), keys)
    else if (event.key === 'ArrowDown') moveTo(at + (rows[Math.max(0, row)]?.widths.length ?? 1), keys)
    else if (event.key === 'ArrowUp') moveTo(at - (rows[Math.max(0, row - 1)]?.widths.length ?? 1), keys)
    else if (event.key === 'Home') moveTo(0, keys)
    else if (event.key === 'End') moveTo(order.length - 1, keys)
    else if (event.key === 'Enter' && current !== null) openPhoto(current)
    else if (event.key === ' ' && current !== null) set(selectionAfter(order, usePhotos.getState(), current, { shift: false, toggle: true }))
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      className={styles['grid']}
      role="listbox"
      aria-multiselectable
      aria-label={t('photos.grid')}
      tabIndex={0}
      onKeyDown={onKeyDown}
      aria-activedescendant={current === null ? undefined : cellId(current)}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <div ref={measure} role="presentation" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <div key={row.first} role="presentation" className={styles['row']} style={{ transform: `translateY(${start}px)`, height: row.height }}>
              {row.widths.map((cellWidth, offset) => {
                const asset = assets[row.first + offset]
                return asset ? (
                  <Cell
                    key={asset.id}
                    asset={asset}
                    width={cellWidth}
                    height={row.height}
                    selected={selected.has(asset.id)}
                    current={current === asset.id}
                  />
                ) : null
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
