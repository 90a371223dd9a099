import { IconStarFilled, IconFlag, IconX } from '@tabler/icons-react'
import { memo, useState, type PointerEvent } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { AssetId } from '../../../contract/ids.ts'
import { useHost } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'
import styles from './Grid.module.css'

interface CellProps {
  readonly asset: Asset
  readonly width: number
  readonly height: number
  readonly selected: boolean
  readonly current: boolean
}

/** The element of a photo in the grid: what the list names as its active one. */
export const cellId = (asset: AssetId) => `photo-${asset}`

/** One photo of the grid: its result, with the grey original revealed to the left of the pointer. */
export const Cell = memo(function Cell({ asset, width, height, selected, current }: CellProps) {
  const host = useHost()
  const { t, format, told } = useTexts()
  const [wipe, setWipe] = useState<number | null>(null)
  const original = asset.thumbnail ? host.pictureUrl(asset.thumbnail) : null
  const result = asset.resultThumbnail ? host.pictureUrl(asset.resultThumbnail) : null

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType !== 'mouse' || !result) return
    const box = event.currentTarget.getBoundingClientRect()
    setWipe(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)))
  }

  const doubt = asset.state === 'doubtful' && asset.figures?.doubt != null ? format.percent(asset.figures.doubt) : null
  const state = t(`ui.state.${asset.state}`)
  return (
    <div
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      id={cellId(asset.id)}
      aria-label={[asset.name, doubt === null ? state : `${state} · ${doubt}`].join(', ')}
      data-asset={asset.id}
      className={styles['cell']}
      data-current={current || undefined}
      style={{ width, height }}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setWipe(null)}
      title={asset.error ? told(asset.error).message : asset.name}
    >
      {original && <img src={original} alt="" className={styles['picture']} draggable={false} loading="lazy" />}
      {result && <img src={result} alt="" className={styles['picture']} draggable={false} style={wipe === null ? undefined : { clipPath: `inset(0 0 0 ${wipe * 100}%)` }} />}
      {wipe !== null && <span className={styles['wipe']} style={{ left: `${wipe * 100}%` }} />}
      {asset.stars > 0 && (
        <span className={styles['stars']} aria-label={t('photos.stars', { count: asset.stars })}>
          {Array.from({ length: asset.stars }, (_, index) => (
            <IconStarFilled key={index} size={11} aria-hidden />
          ))}
        </span>
      )}
      {asset.flag !== 'none' && (
        <span className={styles['flag']} data-flag={asset.flag} aria-label={t(`photos.flag.${asset.flag}`)}>
          {asset.flag === 'pick' ? <IconFlag size={12} aria-hidden /> : <IconX size={12} aria-hidden />}
        </span>
      )}
      <span className={styles['badge']}>
        {doubt !== null && (
          <span className={styles['share']} title={t('photos.doubtShare', { share: doubt })}>
            {doubt}
          </span>
        )}
        <StateBadge state={asset.state} label={state} onPicture />
      </span>
      {asset.missing && <span className={styles['missing']}>{t('photos.missing')}</span>}
    </div>
  )
})
