import type { Asset } from '../../contract/assets.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { CaptionedStrip } from '../ui/CaptionedStrip.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import type { StateName } from '../ui/theme/tokens.ts'
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
  const items = pages.map((page, at) => {
    const key = page.resultThumbnail ?? page.thumbnail
    const state = t(`pages.state.${page.page?.state ?? 'todo'}`)
    return {
      id: page.id,
      name: page.name,
      src: key && host.pictureUrl(key),
      ratio: page.info.width / page.info.height,
      label: t('pages.pageOf', { number: at + 1, name: page.name, state }),
      caption: (
        <>
          {format.number(at + 1)}
          <StateBadge state={badgeOf(page)} label={state} />
        </>
      ),
    }
  })
  return <CaptionedStrip label={t('pages.strip')} items={items} current={open.id} onOpen={openPage} />
}
