import { useEffect, useRef } from 'react'
import type { Asset } from '../../contract/assets.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import type { StateName } from '../ui/theme/tokens.ts'
import styles from './PageStrip.module.css'
import { openPage } from './state.ts'

/** The shape for a page: what goes wrong or runs comes before the colorist's own word. */
export function badgeOf(page: Asset): StateName {
  if (page.state === 'failed' || page.state === 'doing') return page.state
  const said = page.page?.state ?? 'todo'
  return said === 'draft' ? 'doing' : said
}

/** The chapter: every page with its number and how far the colorist is. */
export function PageStrip({ pages, open }: { readonly pages: readonly Asset[]; readonly open: Asset }) {
  const host = useHost()
  const { t, format } = useTexts()
  const row = useRef<HTMLDivElement | null>(null)
  useEffect(() => {
    row.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [open.id])

  return (
    <div ref={row} className={styles['strip']} role="group" aria-label={t('pages.strip')}>
      {pages.map((page, at) => {
        const key = page.resultThumbnail ?? page.thumbnail
        const state = t(`pages.state.${page.page?.state ?? 'todo'}`)
        return (
          <button
            key={page.id}
            type="button"
            className={styles['item']}
            aria-current={page.id === open.id}
            aria-label={t('pages.pageOf', { number: at + 1, name: page.name, state })}
            title={page.name}
            onClick={() => openPage(page.id)}
          >
            <span className={styles['picture']} style={{ aspectRatio: `${Math.min(2, Math.max(0.5, page.info.width / page.info.height))}` }}>
              {key && <img src={host.pictureUrl(key)} alt="" loading="lazy" draggable={false} />}
            </span>
            <span className={styles['number']} aria-hidden>
              {format.number(at + 1)}
              <StateBadge state={badgeOf(page)} label={state} />
            </span>
          </button>
        )
      })}
    </div>
  )
}
