import type { Asset } from '../../contract/assets.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import styles from './ClipStrip.module.css'
import { openClip } from './state.ts'

/** Clips of the project, one of them open. */
export function ClipStrip({ clips, open }: { readonly clips: readonly Asset[]; readonly open: Asset }) {
  const host = useHost()
  const { t } = useTexts()
  return (
    <div className={styles['strip']} role="group" aria-label={t('film.clips')}>
      {clips.map((clip) => (
        <button key={clip.id} type="button" className={styles['item']} aria-current={clip.id === open.id} title={clip.name} onClick={() => openClip(clip.id)}>
          <span className={styles['picture']} style={{ aspectRatio: `${clip.info.width / clip.info.height}` }}>
            {clip.thumbnail && <img src={host.pictureUrl(clip.thumbnail)} alt="" loading="lazy" draggable={false} />}
          </span>
          <span className={styles['name']}>{clip.name}</span>
        </button>
      ))}
    </div>
  )
}
