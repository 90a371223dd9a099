import { Button, SegmentedControl, VisuallyHidden } from '@mantine/core'
import { IconScissors, IconWand } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { Take } from '../../../contract/takes.ts'
import { verdict, type ClipShots, type Shot, type Verdict } from '../../../contract/shots.ts'
import { takesAt } from '../../../core/film/takes.ts'
import { judge } from '../../../core/film/shotList.ts'
import { useCommandButton } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { standAt } from '../state.ts'
import { TakeSwitch } from '../takes/TakeSwitch.tsx'
import type { ShotTakes } from '../takes/useTakes.ts'
import styles from './ShotBoard.module.css'
import { verdictIcons } from './ShotLane.tsx'
import { ShotStill } from './ShotStill.tsx'
import type { ShotEditing } from './useShots.ts'

type Filter = Verdict | 'all'

/** One still a shot with its verdict: what is to be looked at next. @param isAwaited its frames are being counted, before its shots are looked for */
export function ShotBoard({ asset, editing, at: current, takes, isAwaited }: { readonly asset: Asset; readonly editing: ShotEditing; readonly at: number; readonly takes: ShotTakes; readonly isAwaited: boolean }) {
  const { t } = useTexts()
  const [filter, setFilter] = useState<Filter>('all')
  const { shots, isFinding, error } = editing
  if (!shots) return error ? <ErrorPanel error={error} compact onRetry={editing.find} /> : null
  const count = (which: Verdict) => shots.shots.filter((shot) => shot.verdict === which).length
  const label = (which: Verdict) => {
    const Icon = verdictIcons[which]
    return (
      <span className={styles['count']} data-verdict={which} title={t(`film.verdict.${which}`)}>
        <Icon size={14} stroke={1.8} />
        <VisuallyHidden>{t(`film.verdict.${which}`)} </VisuallyHidden>
        {count(which)}
      </span>
    )
  }
  return (
    <div className={styles['board']}>
      <div className={styles['head']}>
        <span>{isFinding || (isAwaited && !shots.found) ? t('film.shots.finding') : t('film.shots.count', { count: shots.shots.length })}</span>
        <CutButtons isFinding={isFinding} />
      </div>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('film.shots.filter')}
        value={filter}
        onChange={(value) => setFilter(value as Filter)}
        data={[{ value: 'all', label: t('film.shots.all') }, ...verdict.options.map((value) => ({ value, label: label(value) }))]}
      />
      {error !== null && error !== undefined && <ErrorPanel error={error} compact onRetry={editing.find} />}
      <Cards asset={asset} shots={shots} takes={takes.all} filter={filter} current={current} />
      <TakeSwitch takes={takes} />
      <Verdicts shots={shots} current={current} editing={editing} />
    </div>
  )
}

function CutButtons({ isFinding }: { readonly isFinding: boolean }) {
  const { t } = useTexts()
  const cut = useCommandButton('film.cut')
  const find = useCommandButton('film.findShots')
  return (
    <span className={styles['tools']}>
      <IconButton size="small" label={t('commands.film.cut')} icon={IconScissors} shortcut={cut.shortcut} onClick={cut.run} />
      <IconButton size="small" label={t('commands.film.findShots')} icon={IconWand} disabled={isFinding} onClick={find.run} />
    </span>
  )
}

/** The number of the take that the film has of a shot; null: it has no other. */
function versionOf(takes: readonly Take[], { from, to }: Shot): number | null {
  const here = takesAt(takes, (from + to) >> 1)
  return here.length > 1 ? (here.find(({ isCurrent }) => isCurrent)?.number ?? null) : null
}

interface CardsProps {
  readonly asset: Asset
  readonly shots: ClipShots
  readonly takes: readonly Take[]
  readonly filter: Filter
  readonly current: number
}

/** Hundreds of cards stand still while the playhead moves inside a shot. */
const Cards = memo(function Cards({ asset, shots, takes, filter, current }: CardsProps) {
  const { t, format } = useTexts()
  const list = useRef<HTMLOListElement | null>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const wanted = shots.shots.map((shot, at) => ({ shot, at })).filter(({ shot }) => filter === 'all' || shot.verdict === filter)
  if (wanted.length === 0) return <p className={styles['quiet']}>{t('film.shots.none')}</p>
  return (
    <ol ref={list} className={styles['cards']}>
      {wanted.map(({ shot, at }) => {
        const Icon = verdictIcons[shot.verdict]
        const number = versionOf(takes, shot)
        const version = number === null ? null : t('film.takes.take', { take: number })
        const frames = t('film.shots.frames', { count: shot.to - shot.from })
        return (
          <li key={shot.id}>
            <button
              type="button"
              className={styles['card']}
              aria-current={at === current}
              aria-label={`${t('film.shots.shot', { shot: at + 1 })}, ${t(`film.verdict.${shot.verdict}`)}, ${frames}${version === null ? '' : `, ${version}`}`}
              onClick={() => standAt(shot.from)}
            >
              <ShotStill asset={asset} shots={shots} shot={shot} />
              <span className={styles['caption']} data-verdict={shot.verdict}>
                <b>{at + 1}</b>
                <Icon size={13} stroke={1.8} />
                <span>{t(`film.verdict.${shot.verdict}`)}</span>
                {version !== null && <span className={styles['version']}>{version}</span>}
                <span className={styles['frames']}>{t('film.shots.f', { count: format.number(shot.to - shot.from) })}</span>
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
})

/** The word on the shot under the playhead. */
function Verdicts({ shots, current, editing }: { readonly shots: ClipShots; readonly current: number; readonly editing: ShotEditing }) {
  const { t } = useTexts()
  const approve = useCommandButton('film.approve')
  const redo = useCommandButton('film.redo')
  const next = useCommandButton('film.nextUnseen')
  const shot: Shot | undefined = shots.shots[current]
  return (
    <div className={styles['verdicts']}>
      <Button size="xs" variant="default" disabled={!approve.enabled} onClick={approve.run}>
        {t('commands.film.approve')}
      </Button>
      <Button size="xs" variant="default" disabled={!redo.enabled} onClick={redo.run}>
        {t('commands.film.redo')}
      </Button>
      {shot && shot.verdict !== 'unseen' && (
        <Button size="xs" variant="subtle" onClick={() => void editing.commit(judge(shots, [current], 'unseen'))}>
          {t('film.verdict.unseen')}
        </Button>
      )}
      <Button size="xs" variant="subtle" disabled={!next.enabled} onClick={next.run}>
        {t('commands.film.nextUnseen')}
      </Button>
    </div>
  )
}
