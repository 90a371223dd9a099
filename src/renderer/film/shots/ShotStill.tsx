import { useDebouncedValue, useInViewport } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import type { Recipe } from '../../../contract/recipe.ts'
import type { ClipShots, Shot } from '../../../contract/shots.ts'
import { recipeOfFrame } from '../../../core/film/filmWork.ts'
import { isToBeColored } from '../../../core/film/shotList.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useFilm } from '../state.ts'
import { useSmallStill } from '../Thumbnails.tsx'
import styles from './ShotBoard.module.css'

/** Of a still, device pixels. */
const box = { width: 320, height: 180 }
/** A moment of rest before a still follows a change, ms: while a slider moves, the engine is the stage's alone. */
const restMs = 600

/** The frame in the middle of a shot, small: as it is, then in colour by the shot's recipe. Made once it is in sight. */
export function ShotStill({ asset, shots, shot }: { readonly asset: Asset; readonly shots: ClipShots; readonly shot: Shot }) {
  const { ref, inViewport } = useInViewport<HTMLSpanElement>()
  return (
    <span ref={ref} className={styles['still']}>
      {inViewport && <Still asset={asset} shot={shot} isToBeColored={shots.found && isToBeColored(shots, shot)} />}
    </span>
  )
}

function Still({ asset, shot, isToBeColored: hasColor }: { readonly asset: Asset; readonly shot: Shot; readonly isToBeColored: boolean }) {
  const client = useClient()
  const host = useHost()
  const inColor = useFilm((state) => state.inColor) && hasColor
  const frame = shot.reference ?? (shot.from + shot.to) >> 1
  const plain = useSmallStill(asset, frame, box)
  const [resting] = useDebouncedValue(JSON.stringify(recipeOfFrame(shot, frame)), restMs)
  const { data: colored } = useQuery({
    queryKey: ['shotStill', asset.id, frame, resting],
    queryFn: ({ signal }) => client.coloring.still({ asset: asset.id, frame, recipe: JSON.parse(resting) as Recipe, box, lane: `shot:${asset.id}:${shot.id}`, priority: 'visible' }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    enabled: inColor && plain !== null,
    // Until it is made anew, the one before.
    placeholderData: (before) => (before?.frame === frame ? before : undefined),
  })
  const src = inColor && colored ? host.pictureUrl(colored.key) : plain
  return src === null ? null : <img src={src} alt="" data-colored={(inColor && colored !== undefined) || undefined} draggable={false} />
}
