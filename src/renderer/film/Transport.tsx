import { TextInput } from '@mantine/core'
import { IconBracketsContain, IconBracketsContainEnd, IconBracketsContainStart, IconPalette, IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward, IconPlayerTrackNext, IconPlayerTrackPrev, IconRepeat } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { CommandId } from '../../core/commands/index.ts'
import { readable } from '../../core/film/rational.ts'
import { useCommandButton } from '../app/commands.ts'
import { useTexts } from '../i18n/index.ts'
import { IconButton, type IconType } from '../ui/IconButton.tsx'
import { FrameCheckBadge } from './FrameCheckBadge.tsx'
import { frameOf, labelOf } from '../../core/film/labels.ts'
import { standAt, useFilm } from './state.ts'
import styles from './Transport.module.css'
import type { FrameCheck } from './useClip.ts'

/** A button of the transport that stands for a command. */
export function CommandButton({ id, label, icon, pressed, size = 'normal' }: { readonly id: CommandId; readonly label: string; readonly icon: IconType; readonly pressed?: boolean; readonly size?: 'normal' | 'tool' }) {
  const { run, shortcut, enabled } = useCommandButton(id)
  return <IconButton label={label} icon={icon} shortcut={shortcut} size={size} disabled={!enabled} onClick={run} {...(pressed === undefined ? {} : { pressed })} />
}

/** Where the playhead stands: read, and typed over to go elsewhere. */
function Where({ truth, shown }: { readonly truth: ClipTruth; readonly shown: number | null }) {
  const { t, format } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const label = shown === null ? '–' : labelOf(truth, shown)
  const leave = () => setTyped(null)
  const goThere = () => {
    const frame = typed === null ? null : frameOf(truth, typed, shown ?? 0)
    if (frame !== null) standAt(frame)
    leave()
  }
  return (
    <>
      <TextInput
        aria-label={t('film.timecode')}
        title={t('film.goTo')}
        classNames={{ input: styles['timecode'] ?? '' }}
        data-long={label.length > 11 || undefined}
        variant="unstyled"
        value={typed ?? label}
        error={typed !== null && frameOf(truth, typed, shown ?? 0) === null}
        onFocus={(event) => {
          setTyped(label)
          event.currentTarget.select()
        }}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') goThere()
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <span className={styles['frame']} aria-live="off">
        {t('film.frame')}{' '}
        <output aria-label={t('film.frame')} style={{ minWidth: `${format.number(truth.pts.length - 1).length}ch` }}>
          {shown === null ? '–' : format.number(shown)}
        </output>
      </span>
    </>
  )
}

interface TransportProps {
  readonly truth: ClipTruth
  readonly check: FrameCheck
  /** Number of the frame on the stage; null: none yet. */
  readonly shown: number | null
  onCheck(): void
}

/** Timecode and frame, the keys of an editing desk, and the rate. */
export function Transport({ truth, check, shown, onCheck }: TransportProps) {
  const { t, format } = useTexts()
  const speed = useFilm((state) => state.speed)
  const loop = useFilm((state) => state.loop)
  const inColor = useFilm((state) => state.inColor)
  const dropped = useFilm((state) => state.dropped)
  return (
    <div className={styles['transport']} data-wide={truth.info.variableRate || undefined} role="group" aria-label={t('film.transport')}>
      <div className={styles['where']}>
        <Where truth={truth} shown={shown} />
        <FrameCheckBadge check={check} doubtful={shown !== null && truth.doubtful.includes(shown)} onCheck={onCheck} />
      </div>
      <div className={styles['keys']}>
        <CommandButton id="film.first" label={t('commands.film.first')} icon={IconPlayerTrackPrev} />
        <CommandButton id="film.back" label={t('commands.film.back')} icon={IconPlayerSkipBack} />
        <CommandButton id="film.play" label={speed === 0 ? t('film.play') : t('film.pause')} icon={speed === 0 ? IconPlayerPlay : IconPlayerPause} />
        <CommandButton id="film.forward" label={t('commands.film.forward')} icon={IconPlayerSkipForward} />
        <CommandButton id="film.last" label={t('commands.film.last')} icon={IconPlayerTrackNext} />
        <span className={styles['gap']} />
        <CommandButton id="film.in" label={t('commands.film.in')} icon={IconBracketsContainStart} />
        <CommandButton id="film.out" label={t('commands.film.out')} icon={IconBracketsContainEnd} />
        <CommandButton id="film.clearRange" label={t('commands.film.clearRange')} icon={IconBracketsContain} />
        <CommandButton id="film.loop" label={t('commands.film.loop')} icon={IconRepeat} pressed={loop} />
      </div>
      <div className={styles['rate']}>
        <CommandButton id="film.inColor" label={t('commands.film.inColor')} icon={IconPalette} pressed={inColor} />
        <span>{t(truth.info.variableRate ? 'film.rateVariable' : 'film.rate', { rate: format.fraction(readable(truth.info.rate)) })}</span>
        {/* Frames are counted as dropped at the film's own speed alone. */}
        <span>{Math.abs(speed) > 1 || speed < 0 ? t('film.speed', { speed: format.number(speed) }) : t('film.dropped', { count: dropped })}</span>
      </div>
    </div>
  )
}
