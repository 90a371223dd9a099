import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { Scopes } from '../../../contract/review.ts'
import { vectorPlace } from '../../../core/film/scopes.ts'
import { guessedMatrix, knownWeights } from '../../../core/film/yuv.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { SwapImage } from '../../stage/SwapImage.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { useFilm } from '../state.ts'
import { useNewest } from '../useNewest.ts'
import styles from './Scopes.module.css'

interface ScopesPanelProps {
  readonly asset: Asset
  readonly other: Asset | null
  /** The frame on the stage; null: none yet. */
  readonly frame: number | null
  /** ffmpeg's name of the clip's matrix; null: the file does not say. */
  readonly matrix: string | null
}

/** Waveform, vectorscope and histogram of the frame that stands still on the stage. */
export function ScopesPanel({ asset, other, frame, matrix }: ScopesPanelProps) {
  const client = useClient()
  const { t } = useTexts()
  const [wanted, setWanted] = useState<'original' | 'other'>('other')
  const clip = wanted === 'other' && other ? other : asset
  const isPlaying = useFilm(({ speed }) => speed !== 0)
  const [stood, setStood] = useState(frame)
  // While it plays, the decoder belongs to the picture.
  if (!isPlaying && frame !== null && frame !== stood) setStood(frame)
  const { answer, error } = useNewest(clip.id, stood ?? 0, stood === null || clip.missing ? null : (n) => client.review.scopes({ asset: clip.id, frame: n }))
  return (
    <div className={styles['scopes']}>
      {other && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('film.scopes')}
          value={wanted}
          data={[
            { value: 'original', label: t('photos.original') },
            { value: 'other', label: other.name },
          ]}
          onChange={(value) => setWanted(value as 'original' | 'other')}
        />
      )}
      {error !== null && <ErrorPanel error={error} compact />}
      {answer && (
        <>
          <p className={styles['of']}>{t('film.frameShown', { frame: answer.frame })}</p>
          <Waveform scopes={answer} />
          <Vectorscope scopes={answer} matrix={matrix ?? guessedMatrix(clip.info.height)} />
          <HistogramView scopes={answer} />
        </>
      )}
    </div>
  )
}

/** Black and white of limited range, as levels of 8 bits. */
const [black, white] = [16, 235]
const levels = [white, 180, 128, 72, black]

function Waveform({ scopes }: { readonly scopes: Scopes }) {
  const { t } = useTexts()
  const host = useHost()
  return (
    <figure className={styles['figure']}>
      <figcaption>{t('film.scopes.waveform')}</figcaption>
      <div className={styles['screen']} data-shape="wide">
        <SwapImage src={host.pictureUrl(scopes.waveform)} alt={t('film.scopes.waveformOf', { frame: scopes.frame })} />
        <svg viewBox="0 0 256 256" preserveAspectRatio="none" aria-hidden>
          {levels.map((level) => (
            <line key={level} x1={0} x2={256} y1={255.5 - level} y2={255.5 - level} data-edge={level === black || level === white || undefined} />
          ))}
        </svg>
      </div>
    </figure>
  )
}

/** Colour bars at 75 %. */
const bars = { R: [0.75, 0, 0], Y: [0.75, 0.75, 0], G: [0, 0.75, 0], C: [0, 0.75, 0.75], B: [0, 0, 0.75], M: [0.75, 0, 0.75] } as const
/** Skin of any darkness lies along one line; the hue is that of the I axis of NTSC, 123° from U (SMPTE 170M). */
const skinDegrees = 123

function Vectorscope({ scopes, matrix }: { readonly scopes: Scopes; readonly matrix: string }) {
  const { t } = useTexts()
  const host = useHost()
  const weights = knownWeights(matrix)
  const skin = (skinDegrees * Math.PI) / 180
  return (
    <figure className={styles['figure']}>
      <figcaption>{t('film.scopes.vectorscope')}</figcaption>
      <div className={styles['screen']} data-shape="square">
        <SwapImage src={host.pictureUrl(scopes.vectorscope)} alt={t('film.scopes.vectorscopeOf', { frame: scopes.frame })} />
        <svg viewBox="0 0 256 256" aria-hidden>
          <line x1={0} x2={256} y1={127.5} y2={127.5} />
          <line x1={128.5} x2={128.5} y1={0} y2={256} />
          <circle cx={128.5} cy={127.5} r={112} />
          <line x1={128.5} y1={127.5} x2={128.5 + 112 * Math.cos(skin)} y2={127.5 - 112 * Math.sin(skin)} data-edge />
          {Object.entries(bars).map(([name, color]) => {
            const { x, y } = vectorPlace(color, weights)
            return (
              <g key={name}>
                <rect x={256 * x - 5} y={256 * y - 5} width={10} height={10} />
                <text x={256 * x + 8} y={256 * y + 4}>
                  {name}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
    </figure>
  )
}

const channels = ['luma', 'red', 'green', 'blue'] as const

function HistogramView({ scopes }: { readonly scopes: Scopes }) {
  const { t, format } = useTexts()
  const { histogram } = scopes
  // The ends are left out of the scale: clipped black and white would flatten everything else.
  const most = Math.max(1, ...channels.flatMap((name) => histogram[name].slice(1, -1)))
  const total = histogram.luma.reduce((sum, count) => sum + count, 0)
  const outside = histogram.luma.reduce((sum, count, value) => (value < black || value > white ? sum + count : sum), 0)
  return (
    <figure className={styles['figure']}>
      <figcaption>{t('film.scopes.histogram')}</figcaption>
      <div className={styles['screen']} data-shape="wide">
        <svg viewBox="0 0 256 100" preserveAspectRatio="none" role="img" aria-label={t('film.scopes.histogramOf', { frame: scopes.frame })}>
          {channels.map((name) => (
            <path key={name} data-channel={name} d={`M0 100 ${histogram[name].map((count, value) => `L${value} ${100 - 100 * Math.min(1, count / most)}`).join(' ')} L255 100 Z`} />
          ))}
        </svg>
      </div>
      <p className={styles['of']}>{t('film.scopes.outside', { share: format.percent(outside / Math.max(1, total)) })}</p>
    </figure>
  )
}
