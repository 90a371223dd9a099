import { Button, Menu, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { pageState, type Asset, type PageState } from '../../contract/assets.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useSettings } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useExport } from '../photos/export/useExport.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import styles from './ContactSheet.module.css'
import { badgeOf } from './PageStrip.tsx'
import { openPage, usePages } from './state.ts'

interface ContactSheetProps {
  readonly pages: readonly Asset[]
  readonly open: Asset
}

const sheetFormats = ['sheet-png', 'sheet-jpeg'] as const

/** The whole chapter, or its pages of one state, at a look: each with its colours, its state and its note; a press opens it. What is shown can be saved as one picture. */
export function ContactSheet({ pages, open }: ContactSheetProps) {
  const host = useHost()
  const { t, format } = useTexts()
  const opened = usePages((state) => state.sheet)
  const close = () => usePages.setState({ sheet: false })
  const client = useClient()
  const { data: settings } = useSettings()
  const [wanted, setWanted] = useState<PageState | 'all'>('all')
  const stateOf = (page: Asset) => page.page?.state ?? 'todo'
  const shown = pages.filter((page) => wanted === 'all' || stateOf(page) === wanted)
  const fileFormat = useRef<(typeof sheetFormats)[number]>('sheet-png')
  const { isBusy, go } = useExport({
    remember: {},
    start: (folder) => client.pages.export({ versions: shown.map(({ currentVersion }) => currentVersion), folder, options: { ...settings?.pageExport, format: fileFormat.current } }),
    said: (_jobs, isDownload) => t(isDownload ? 'pages.sheet.startedDownload' : 'pages.sheet.started'),
    onDone: close,
  })
  const save = async (chosen: (typeof sheetFormats)[number]) => {
    fileFormat.current = chosen
    const folder = (await host.pickTargetFolder?.()) ?? null
    if (folder || !host.pickTargetFolder) go(folder)
  }
  const done = pages.filter(({ page }) => page?.state === 'done').length
  return (
    <Dialog opened={opened} onClose={close} fullScreen title={t('pages.sheet', { done: format.number(done), total: format.number(pages.length) })}>
      <div className={styles['head']}>
        <SegmentedControl size="xs" aria-label={t('pages.sheet.show')} value={wanted} data={[{ value: 'all', label: t('pages.sheet.all') }, ...pageState.options.map((value) => ({ value, label: t(`pages.state.${value}`) }))]} onChange={(value) => setWanted(value as PageState | 'all')} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" leftSection={<IconDownload size={14} stroke={1.6} />} loading={isBusy} disabled={shown.length === 0}>
              {t('pages.sheet.save')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {sheetFormats.map((each) => (
              <Menu.Item key={each} onClick={() => void save(each)}>
                {t(`photos.export.formats.${each === 'sheet-png' ? 'png' : 'jpeg'}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {shown.length === 0 && <p className={styles['note']}>{t('pages.sheet.none')}</p>}
      <ul className={styles['sheet']}>
        {shown.map((page) => {
          const at = pages.indexOf(page)
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
    </Dialog>
  )
}
