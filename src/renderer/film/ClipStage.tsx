import { useEffect, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Shot } from '../../contract/shots.ts'
import { recipeOfFrame } from '../../core/film/shotList.ts'
import { useTexts } from '../i18n/index.ts'
import { Overlay } from '../stage/overlay/Overlay.tsx'
import { Stage, type StageMode } from '../stage/Stage.tsx'
import { useStageCommands } from '../stage/useStageCommands.ts'
import { filled, fitZoom, zoomOf, type Viewport } from '../stage/viewport.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import type { FrameHints } from './hints/useFrameHints.ts'
import styles from './OneClip.module.css'
import { useFilm } from './state.ts'
import { useColoredStill } from './useColoredStill.ts'
import { useStill } from './useStill.ts'

interface ClipStageProps {
  readonly asset: Asset
  readonly frame: number
  /** The shot that the frame is of; null: not known yet. */
  readonly shot: Shot | null
  /** The shot gets colour: the clip is not in colour already. */
  readonly isToBeColored: boolean
  /** What is placed on the frame. */
  readonly hints: FrameHints
  /** The number of the frame that is on the stage, whenever that changes. */
  onShown(frame: number | null): void
}

const mode: StageMode = 'single'
/** Sizes of stills come in steps, so that a window dragged wider does not ask for every frame anew. */
const stepUp = (pixels: number): number => Math.ceil(pixels / 160) * 160

/** The frame under the playhead: as it is while the playhead moves, in colour where it rests. */
export function ClipStage({ asset, frame, shot, isToBeColored, hints, onShown }: ClipStageProps) {
  const { t } = useTexts()
  const [view, setView] = useState<Viewport>(filled)
  const [window, setWindow] = useState<Size | null>(null)
  const [holding, setHolding] = useState(false)
  const ratio = globalThis.devicePixelRatio || 1
  const picture: Size = asset.info
  const zoom = window ? zoomOf(view, picture, window) : 0
  // Zoomed in past the fitted size, the film's own pixels are asked for.
  const scale = window && zoom > fitZoom(picture, window, view) * 1.15 ? 1 : zoom * ratio
  const box: Size | null = window && { width: Math.min(picture.width, stepUp(picture.width * scale)), height: Math.min(picture.height, stepUp(picture.height * scale)) }
  const still = useStill(asset, frame, box)
  useEffect(() => onShown(still.frame), [onShown, still.frame])

  const rests = useFilm((state) => state.speed === 0)
  const tool = useFilm((state) => state.tool)
  const inColor = useFilm((state) => state.inColor)
  // Asked for once the frame itself is there: it comes first.
  const isAsked = inColor && isToBeColored && rests && box !== null && shot !== null && still.frame === frame
  const colored = useColoredStill(isAsked ? { asset: asset.id, frame, recipe: recipeOfFrame(shot, frame), box, lane: `film:${asset.id}` } : null)
  const isColored = inColor && isToBeColored && colored.src !== null && colored.frame === still.frame
  useStageCommands({ view, picture, window, onView: setView, compare: mode, onCompare: () => undefined, onHold: setHolding })
  const original = { src: still.src, detail: null }
  const error = still.error ?? (isAsked ? colored.error : null)
  return (
    <>
      <Stage
        picture={picture}
        original={original}
        result={isColored ? { src: colored.src, detail: null } : original}
        doubt={null}
        mode={mode}
        holding={holding && isColored}
        split={1}
        view={view}
        texts={{
          original: t('photos.original'),
          result: t(isColored ? 'film.frameColored' : 'film.frameShown', { frame: still.frame ?? frame }),
          split: t('photos.splitHandle'),
          stage: t('photos.stage', { name: asset.name }),
        }}
        onSplit={() => undefined}
        onView={setView}
        onHold={setHolding}
        onWindow={setWindow}
        renderOverlay={(pane) =>
          // On a moving film there is no frame to be hinted.
          rests && (
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
      />
      {error !== null && (
        <div className={styles['error']}>
          <ErrorPanel error={error} compact />
        </div>
      )}
    </>
  )
}
