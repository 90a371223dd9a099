import { useEffect, useRef } from 'react'
import type { Asset } from '../../contract/assets.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { openPhoto } from './open.ts'
import styles from './Strip.module.css'

/** The row of photos below the stage; the current one stays in sight. */
export function Strip({ assets, open }: { readonly assets: readonly Asset[]; readonly open: Asset }) {
  const host = useHost()
  const { t } = useTexts()
  const row = useRef<HTMLDivElement | null>(null)
  useEffect(() => {
    row.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [open.id])

  return (
    <div ref={row} className={styles['strip']} role="group" aria-label={t('photos.strip')}>
      {assets.map((asset) => {
        const key = asset.resultThumbnail ?? asset.thumbnail
        const state = t(`ui.state.${asset.state}`)
        return (
          <button
            key={asset.id}
            type="button"
            className={styles['item']}
            style={{ aspectRatio: `${Math.min(2, Math.max(0.6, asset.info.width / asset.info.height))}` }}
            aria-current={asset.id === open.id}
            aria-label={`${asset.name}, ${state}`}
            title={asset.name}
            onClick={() => openPhoto(asset.id)}
          >
            {key && <img src={host.pictureUrl(key)} alt="" loading="lazy" draggable={false} />}
            <span className={styles['badge']}>
              <StateBadge state={asset.state} label={state} onPicture />
            </span>
          </button>
        )
      })}
    </div>
  )
}
