import { Button, Switch } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Asset } from '../../contract/assets.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import type { Palette } from '../../contract/pages.ts'
import { swatchTitle } from '../../core/pages/palette.ts'
import { useCommand, useCommandButton } from '../app/commands.ts'
import { useTexts } from '../i18n/index.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { Section } from '../ui/Section.tsx'
import { SliderRow } from '../ui/SliderRow.tsx'
import type { PageBoard } from './board.ts'
import { usePages, usualLeast } from './state.ts'
import styles from './TeachPanel.module.css'
import { useLesson, type LessonWork, type Proposal } from './useLesson.ts'

interface TeachPanelProps {
  readonly asset: Asset
  readonly pages: readonly Asset[]
  readonly report: PageReport | null
  readonly board: PageBoard
  readonly palette: Palette
}

/** As long as a page teaches: what it proposes for the open one, to be accepted or turned down, one by one or all that is sure. */
export function TeachPanel(props: TeachPanelProps) {
  const lesson = usePages((state) => state.lesson)
  const teacher = lesson && props.pages.find(({ id }) => id === lesson.from)
  return teacher ? <Lesson {...props} teacher={teacher} /> : null
}

function Lesson({ asset, pages, report, board, palette, teacher }: TeachPanelProps & { readonly teacher: Asset }) {
  const { t, format } = useTexts()
  const lesson = usePages((state) => state.lesson)
  const work = useLesson(asset, pages, report, board)
  const { proposals, chosen, everywhere } = work
  const least = lesson?.least ?? 0
  const sure = proposals.filter(({ confidence }) => (confidence ?? 0) >= least)
  const change = (part: Partial<NonNullable<typeof lesson>>) => usePages.setState((state) => (state.lesson ? { lesson: { ...state.lesson, ...part } } : {}))
  const acceptAll = useCommandButton('proposal.acceptAll')

  const choose = (at: number) => {
    work.choose(at)
    const proposal = proposals[at]
    if (proposal) usePages.setState({ lookAt: { x: proposal.x, y: proposal.y, time: performance.now() } })
  }
  useCommand('proposal.next', () => proposals.length > 0 && choose(chosen === null ? 0 : (chosen + 1) % proposals.length))
  // What comes next moves up into the place of the one that is settled.
  useCommand('proposal.accept', () => chosen !== null && proposals[chosen] && work.accept([proposals[chosen]]))
  useCommand('proposal.reject', () => chosen !== null && proposals[chosen] && work.reject(proposals[chosen]))
  useCommand('proposal.acceptAll', () => work.accept(sure))

  const isTeacher = asset.id === teacher.id
  return (
    <Section title={t('pages.teach.title')} count={proposals.length} defaultOpen>
      <div className={styles['panel']}>
        <p className={styles['quiet']}>{t(isTeacher ? 'pages.teach.here' : 'pages.teach.from', { number: pages.indexOf(teacher) + 1, name: teacher.name })}</p>
        <SliderRow label={t('pages.teach.least')} unit="%" value={Math.round(100 * least)} min={0} max={100} step={1} defaultValue={100 * usualLeast} onCommit={(percent) => change({ least: percent / 100 })} />
        <Switch size="xs" label={t('pages.teach.toPalette')} disabled={palette.swatches.length === 0} checked={lesson?.toPalette ?? false} onChange={(event) => change({ toPalette: event.currentTarget.checked })} />
        {work.error && <ErrorPanel error={work.error} compact />}
        {work.isLooking && !work.error && <p className={styles['quiet']}>{t('pages.teach.looking')}</p>}
        {proposals.length > 0 && <Proposals work={work} palette={palette} onChoose={choose} />}
        <div className={styles['actions']}>
          {!isTeacher && (
            <Button size="xs" disabled={sure.length === 0} title={acceptAll.shortcut ?? undefined} onClick={acceptAll.run}>
              {t('pages.teach.acceptAll', { count: sure.length, least: format.percent(least) })}
            </Button>
          )}
          {everywhere === null ? (
            <Button size="xs" disabled={pages.length < 2} title={t('pages.teach.everywhereHelp', { least: format.percent(least) })} onClick={work.acceptEverywhere}>
              {t('pages.teach.everywhere')}
            </Button>
          ) : (
            <Button size="xs" onClick={work.stop}>
              {t('common.cancel')}
            </Button>
          )}
          <Button size="xs" onClick={() => usePages.setState({ lesson: null })}>
            {t('pages.teach.end')}
          </Button>
        </div>
        {everywhere && <ProgressBar label={t('pages.teach.progress', { done: everywhere.done, total: everywhere.total })} value={everywhere.total === 0 ? 1 : everywhere.done / everywhere.total} />}
      </div>
    </Section>
  )
}

function Proposals({ work, palette, onChoose }: { readonly work: LessonWork; readonly palette: Palette; onChoose(at: number): void }) {
  const { t, format } = useTexts()
  const nameOf = (proposal: Proposal) => {
    const swatch = palette.swatches.find(({ id }) => id === proposal.swatch)
    return swatch ? swatchTitle(swatch) : proposal.name || proposal.color
  }
  return (
    <ul className={styles['list']} aria-label={t('pages.teach.title')}>
      {work.proposals.map((proposal, at) => {
        const name = nameOf(proposal)
        const confidence = format.percent(proposal.confidence ?? 0)
        return (
          <li key={`${proposal.x} ${proposal.y}`} className={styles['row']} data-chosen={at === work.chosen || undefined}>
            <button type="button" className={styles['name']} aria-pressed={at === work.chosen} onClick={() => onChoose(at)}>
              <span className={styles['chip']} style={{ background: proposal.color }} />
              <span className={styles['text']}>{name}</span>
              <span className={styles['confidence']}>{confidence}</span>
            </button>
            <IconButton size="small" label={t('pages.teach.accept', { name, confidence })} icon={IconCheck} onClick={() => work.accept([proposal])} />
            <IconButton size="small" label={t('pages.teach.reject', { name, confidence })} icon={IconX} onClick={() => work.reject(proposal)} />
          </li>
        )
      })}
    </ul>
  )
}
