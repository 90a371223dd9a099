import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Compared } from '../../contract/review.ts'
import type { Shot } from '../../contract/shots.ts'
import type { Take } from '../../contract/takes.ts'
import { recipeOfFrame } from '../../core/film/filmWork.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { useReview, type FilmMode } from './review/state.ts'
import { useDifference } from './review/useDifference.ts'
import { useFilm } from './state.ts'
import { pairOf, useTakeStill } from './takes/useTakeStill.ts'
import type { ShotTakes } from './takes/useTakes.ts'
import { useColoredStill } from './useColoredStill.ts'
import { useOwnColors } from './useOwnColors.ts'
import { useStill } from './useStill.ts'

interface FilmPicturesOptions {
  readonly asset: Asset
  readonly frame: number
  readonly shot: Shot | null
  /** Whether the clip is in colour already was settled; until then a frame that is keeps its colours. */
  readonly isSettled: boolean
  readonly other: Asset | null
  readonly takes: ShotTakes | null
  readonly mode: FilmMode
  /** Device pixels; null: not measured yet. */
  readonly box: Size | null
}

/** A picture, and what it is called. */
interface Named {
  readonly src: string | null
  readonly text: string
}

interface FilmPictures {
  /** The clip's own picture, or the take that lies in its place; the difference, where that is looked at. */
  readonly original: Named
  /** What it is compared with. */
  readonly result: Named
  /** Number of the frame that these pictures show; null: none is there yet. */
  readonly shown: number | null
  /** What luma differs by, where the difference is looked at. */
  readonly luma: Compared['luma'] | null
  /** What is to be said beside them; null: nothing. */
  readonly sign: string | null
  readonly error: unknown
}

/** The two pictures of the stage: the clip's frame, and the same frame of the other film, in colour, or their difference; or two takes of its shot. */
export function useFilmPictures({ asset, frame, shot, isSettled, other, takes, mode, box }: FilmPicturesOptions): FilmPictures {
  const { t } = useTexts()
  const host = useHost()
  const speed = useFilm((state) => state.speed)
  const isScrubbing = useReview((state) => state.isScrubbing)
  const inColor = useFilm((state) => state.inColor)
  const rests = speed === 0 && !isScrubbing
  const isDifference = mode === 'difference'
  const pair = takes?.compared ? pairOf(takes.compared, mode) : null
  const taken = useTakeStill(asset, pair, frame, isDifference ? null : box)
  const still = useStill(asset, pair ? null : other, frame, isDifference || taken.answer ? null : box, rests ? 0 : speed < 0 ? -1 : 1)
  const difference = useDifference(asset, other, pair, frame, isDifference ? box : null)
  const isPlain = other === null && pair === null && inColor && shot !== null
  const ownColors = useOwnColors(isPlain && !isSettled && rests && !isDifference ? still.src : null)
  const isToBeColored = isPlain && (isSettled || ownColors === false)
  // Asked for once the frame itself is there: it comes first.
  const isAsked = isToBeColored && rests && box !== null && still.frame === frame
  const colored = useColoredStill(isAsked ? { asset: asset.id, frame, recipe: recipeOfFrame(shot, frame), box, lane: `film:${asset.id}` } : null)

  const nameOf = (take: Take | null): string => (take ? t('film.takes.take', { take: take.number }) : t('photos.original'))
  const original = { src: still.src, text: t('photos.original') }
  if (isDifference) {
    const { answer, error } = difference
    const src = answer && host.pictureUrl(answer.key)
    const sign = pair && t('film.takes.both', { one: nameOf(pair.left), other: nameOf(pair.right) })
    return { original: { ...original, src }, result: { src, text: t('film.compare.shown', { frame: answer?.frame ?? frame }) }, shown: answer?.frame ?? null, luma: answer?.luma ?? null, sign, error }
  }
  if (pair && taken.answer) {
    const { left, right, pair: seen } = taken.answer
    return { original: { src: left, text: nameOf(seen.left) }, result: { src: right, text: nameOf(seen.right) }, shown: taken.answer.frame, luma: null, sign: mode === 'single' ? nameOf(seen.right) : null, error: taken.error }
  }
  const isColored = isToBeColored && colored.src !== null && colored.asset === asset.id && colored.frame === still.frame
  const text = other ? other.name : t(isColored ? 'film.frameColored' : 'film.frameShown', { frame: still.frame ?? frame })
  const src = other ? still.otherSrc : isColored ? colored.src : still.src
  const away = takes?.outside
  const outside = away && t('film.takes.outside', { take: away.number, from: away.from, last: away.to - 1 })
  return { original, result: { src, text }, shown: still.frame, luma: null, sign: outside ?? (still.isProxy ? t('film.proxy.shown') : null), error: taken.error ?? still.error ?? (isAsked ? colored.error : null) }
}
