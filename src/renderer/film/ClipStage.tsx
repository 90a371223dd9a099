import { useEffect, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Shot } from '../../contract/shots.ts'
import { useTexts } from '../i18n/index.ts'
import { Overlay } from '../stage/overlay/Overlay.tsx'
import { Stage } from '../stage/Stage.tsx'
import { useStageCommands } from '../stage/useStageCommands.ts'
import { filled, fitZoom, zoomOf, type Viewport } from '../stage/viewport.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import type { FrameHints } from './hints/useFrameHints.ts'
import styles from './OneClip.module.css'
import { DifferenceBar } from './review/DifferenceBar.tsx'
import { filmModes, useReview, type FilmMode } from './review/state.ts'
import { useFilm } from './state.ts'
import type { ShotTakes } from './takes/useTakes.ts'
import { useFilmPictures } from './useFilmPictures.ts'

interface ClipStageProps {
  readonly asset: Asset
  readonly frame: number
  /** The shot whose recipe colours the frame; null: not known yet, or none does. */
  readonly shot: Shot | null
  /** Whether the clip is in colour already was settled, by a look at its frames or by its recipe. */
  readonly isSettled: boolean
  /** What is placed on the frame; null: nothing can be. */
  readonly hints: FrameHints | null
  /** The film it is compared with; null: with its own colour. */
  readonly other: Asset | null
  /** Takes of its shots; where one of them is looked at, it goes before the other film. */
  readonly takes: ShotTakes | null
  readonly mode: FilmMode
  /** The number of the frame that is on the stage, whenever that changes. */
  onShown(frame: number | null): void
}

/** Sizes of stills come in steps, so that a window dragged wider does not ask for every frame anew. */
const stepUp = (pixels: number): number => Math.ceil(pixels / 160) * 160

/** The frame under the playhead: as it is while the playhead moves, in colour where it rests, or against the same frame of another film. */
export function ClipStage({ asset, frame, shot, isSettled, hints, other, takes, mode, onShown }: ClipStageProps) {
  const { t } = useTexts()
  const { split, holding } = useReview()
  const [view, setView] = useState<Viewport>(filled)
  const [window, setWindow] = useState<Size | null>(null)
  const ratio = globalThis.devicePixelRatio || 1
  const picture: Size = asset.info
  const zoom = window ? zoomOf(view, picture, window) : 0
  // Zoomed in past the fitted size, the film's own pixels are asked for.
  const scale = window && zoom > fitZoom(picture, window, view) * 1.15 ? 1 : zoom * ratio
  const box: Size | null = window && { width: Math.min(picture.width, stepUp(picture.width * scale)), height: Math.min(picture.height, stepUp(picture.height * scale)) }
  const isDifference = mode === 'difference'
  const { original, result, shown, luma, sign, error } = useFilmPictures({ asset, frame, shot, isSettled, other, takes, mode, box })
  useEffect(() => onShown(shown), [onShown, shown])
  const onHold = (held: boolean) => useReview.setState({ holding: held })
  useStageCommands({ view, picture, window, modes: filmModes, compare: mode, onView: setView, onCompare: (next) => useReview.setState({ mode: next, holding: false }), onHold })
  const rests = useFilm((state) => state.speed === 0)
  const tool = useFilm((state) => state.tool)
  return (
    <>
      <Stage
        picture={picture}
        original={{ src: original.src, detail: null }}
        result={{ src: result.src, detail: null }}
        doubt={null}
        mode={isDifference ? 'single' : mode}
        holding={holding && result.src !== original.src}
        split={split}
        view={view}
        texts={{ original: original.text, result: result.text, split: t('photos.splitHandle'), stage: t('photos.stage', { name: asset.name }) }}
        onSplit={(next) => useReview.setState({ split: next })}
        onView={setView}
        onHold={onHold}
        onWindow={setWindow}
        renderOverlay={(pane) =>
          // On a moving film there is no frame to be hinted.
          rests &&
          hints && (
            <Overlay
              {...pane}
              label={t('film.frameShown', { frame })}
              source={hints.board}
              part={pane.shows === 'result' ? 'active' : 'all'}
              tool={tool}
              send={(event, pointer) => hints.machine.send(event, pointer)}
              cancel={hints.cancel}
              hover={(place) => hints.board.hover(place)}
            />
          )
        }
        onShown={(src) => performance.mark('picture-shown', { detail: src })}
        footer={isDifference && <DifferenceBar luma={luma} />}
      />
      {sign !== null && <span className={styles['sign']}>{sign}</span>}
      {error !== null && (
        <div className={styles['error']}>
          <ErrorPanel error={error} compact />
        </div>
      )}
    </>
  )
}
