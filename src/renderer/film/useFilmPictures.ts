import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Compared } from '../../contract/review.ts'
import type { Shot } from '../../contract/shots.ts'
import { recipeOfFrame } from '../../core/film/filmWork.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { useReview } from './review/state.ts'
import { useDifference } from './review/useDifference.ts'
import { useFilm } from './state.ts'
import { useColoredStill } from './useColoredStill.ts'
import { useStill } from './useStill.ts'

interface FilmPicturesOptions {
  readonly asset: Asset
  readonly frame: number
  readonly shot: Shot | null
  readonly other: Asset | null
  readonly isDifference: boolean
  /** Device pixels; null: not measured yet. */
  readonly box: Size | null
}

interface FilmPictures {
  /** Address of the clip's own picture; of the difference, where that is looked at. */
  readonly original: string | null
  /** What it is compared with, and what that is called. */
  readonly result: { readonly src: string | null; readonly text: string }
  /** Number of the frame that these pictures show; null: none is there yet. */
  readonly shown: number | null
  /** What luma differs by, where the difference is looked at. */
  readonly luma: Compared['luma'] | null
  /** Pictures of proxies stand for the frames. */
  readonly isProxy: boolean
  readonly error: unknown
}

/** The two pictures of the stage: the clip's frame, and the same frame of the other film, in colour, or their difference. */
export function useFilmPictures({ asset, frame, shot, other, isDifference, box }: FilmPicturesOptions): FilmPictures {
  const { t } = useTexts()
  const host = useHost()
  const speed = useFilm((state) => state.speed)
  const isScrubbing = useReview((state) => state.isScrubbing)
  const rests = speed === 0 && !isScrubbing
  const still = useStill(asset, other, frame, isDifference ? null : box, rests ? 0 : speed < 0 ? -1 : 1)
  const difference = useDifference(asset, other, frame, isDifference ? box : null)
  const inColor = useFilm((state) => state.inColor)
  // Asked for once the frame itself is there: it comes first.
  const isAsked = other === null && inColor && rests && box !== null && shot !== null && still.frame === frame
  const colored = useColoredStill(isAsked ? { asset: asset.id, frame, recipe: recipeOfFrame(shot, frame), box, lane: `film:${asset.id}` } : null)
  if (isDifference) {
    const { answer, error } = difference
    const src = answer && host.pictureUrl(answer.key)
    return { original: src, result: { src, text: t('film.compare.shown', { frame: answer?.frame ?? frame }) }, shown: answer?.frame ?? null, luma: answer?.luma ?? null, isProxy: false, error }
  }
  const isColored = other === null && inColor && shot !== null && colored.src !== null && colored.asset === asset.id && colored.frame === still.frame
  const text = other ? other.name : t(isColored ? 'film.frameColored' : 'film.frameShown', { frame: still.frame ?? frame })
  const src = other ? still.otherSrc : isColored ? colored.src : still.src
  return { original: still.src, result: { src, text }, shown: still.frame, luma: null, isProxy: still.isProxy, error: still.error ?? (isAsked ? colored.error : null) }
}
