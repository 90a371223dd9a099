import type { Asset } from '../../contract/assets.ts'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipNote } from '../../contract/review.ts'
import { useTexts } from '../i18n/index.ts'
import { CacheLane } from './CacheLane.tsx'
import { FlickerLane } from './flicker/FlickerLane.tsx'
import { Lanes } from './Lanes.tsx'
import { NoteLane } from './review/NoteLane.tsx'
import { ShotLane } from './shots/ShotLane.tsx'
import type { ShotEditing } from './shots/useShots.ts'
import { Thumbnails } from './Thumbnails.tsx'

interface TimelineProps {
  readonly asset: Asset
  readonly truth: ClipTruth
  readonly shots: ShotEditing
  /** Place in the list of the shot under the playhead. */
  readonly shot: number
  readonly notes: readonly ClipNote[]
  /** Percent of every frame; null: not measured, and no lane. */
  readonly flicker: readonly number[] | null
}

/** The clip from left to right: ruler, notes, shots, thumbnails, in and out, how much its colours flicker, and what comes at once. */
export function Timeline({ asset, truth, shots, shot, notes, flicker }: TimelineProps) {
  const { t } = useTexts()
  return (
    <Lanes
      truth={truth}
      kind={flicker ? 'clip-flicker' : 'clip'}
      names={[t('film.notes'), t('film.shots'), t('film.clip'), t('film.range'), ...(flicker ? [t('film.flicker')] : []), t('film.cache')]}
      renderLanes={(scale) => (
        <>
          <NoteLane notes={notes} scale={scale} />
          <ShotLane editing={shots} scale={scale} current={shot} />
          <Thumbnails asset={asset} from={0} to={truth.pts.length} at={0} scale={scale} />
        </>
      )}
      renderBelow={(scale) => (
        <>
          {flicker && <FlickerLane curve={flicker} scale={scale} />}
          <CacheLane asset={asset} frames={truth.pts.length} scale={scale} />
        </>
      )}
    />
  )
}
