import { Modal } from '@mantine/core'
import type { Asset } from '../../contract/assets.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import styles from './ContactSheet.module.css'
import { badgeOf } from './PageStrip.tsx'
import { openPage, usePages } from './state.ts'

interface ContactSheetProps {
  readonly pages: readonly Asset[]
  readonly open: Asset
}

/** The whole chapter at a look: each page with its colours, its state and its note; a press opens it. */
export function ContactSheet({ pages, open }: ContactSheetProps) {
  const host = useHost()
  const { t, format } = useTexts()
  const opened = usePages((state) => state.sheet)
  const close = () => usePages.setState({ sheet: false })
  const done = pages.filter(({ page }) => page?.state === 'done').length
  return (
    <Modal opened={opened} onClose={close} fullScreen title={t('pages.sheet', { done: format.number(done), total: format.number(pages.length) })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <ul className={styles['sheet']}>
        {pages.map((page, at) => {
          const key = page.resultThumbnail ?? page.thumbnail
          const state = t(`pages.state.${page.page?.state ?? 'todo'}`)
          return (
            <li key={page.id} className={styles['cell']}>
              <button
                type="button"
                className={styles['page']}
                aria-current={page.id === open.id}
                aria-label={t('pages.pageOf', { number: at + 1, name: page.name, state })}
                onClick={() => {
                  close()
                  openPage(page.id)
                }}
              >
                <span className={styles['picture']} style={{ aspectRatio: `${Math.min(2, Math.max(0.5, page.info.width / page.info.height))}` }}>
                  {key && <img src={host.pictureUrl(key)} alt="" loading="lazy" draggable={false} />}
                </span>
              </button>
              <span className={styles['line']}>
                <span className={styles['number']}>{format.number(at + 1)}</span>
                <span className={styles['name']} title={page.name}>
                  {page.name}
                </span>
                <StateBadge state={badgeOf(page)} label={state} />
              </span>
              {page.page?.note && <p className={styles['note']}>{page.page.note}</p>}
            </li>
          )
        })}
      </ul>
    </Modal>
  )
}
