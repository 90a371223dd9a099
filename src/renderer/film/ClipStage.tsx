import { useEffect, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import { useTexts } from '../i18n/index.ts'
import { Stage, type StageMode } from '../stage/Stage.tsx'
import { useStageCommands } from '../stage/useStageCommands.ts'
import { fitted, fitZoom, zoomOf, type Viewport } from '../stage/viewport.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import styles from './OneClip.module.css'
import { useStill } from './useStill.ts'

interface ClipStageProps {
  readonly asset: Asset
  readonly frame: number
  /** The number of the frame that is on the stage, whenever that changes. */
  onShown(frame: number | null): void
}

const mode: StageMode = 'single'
/** Sizes of stills come in steps, so that a window dragged wider does not ask for every frame anew. */
const stepUp = (pixels: number): number => Math.ceil(pixels / 160) * 160

/** The frame under the playhead. */
export function ClipStage({ asset, frame, onShown }: ClipStageProps) {
  const { t } = useTexts()
  const [view, setView] = useState<Viewport>(fitted)
  const [window, setWindow] = useState<Size | null>(null)
  const ratio = globalThis.devicePixelRatio || 1
  const picture: Size = asset.info
  const zoom = window ? zoomOf(view, picture, window) : 0
  // Zoomed in past the fitted size, the film's own pixels are asked for.
  const scale = window && zoom > fitZoom(picture, window) * 1.15 ? 1 : zoom * ratio
  const box: Size | null = window && { width: Math.min(picture.width, stepUp(picture.width * scale)), height: Math.min(picture.height, stepUp(picture.height * scale)) }
  const still = useStill(asset, frame, box)
  useEffect(() => onShown(still.frame), [onShown, still.frame])
  useStageCommands({ view, picture, window, onView: setView, compare: mode, onCompare: () => undefined, onHold: () => undefined })
  const shown = { src: still.src, detail: null }
  return (
    <>
      <Stage
        picture={picture}
        original={shown}
        result={shown}
        doubt={null}
        mode={mode}
        holding={false}
        split={1}
        view={view}
        texts={{ original: t('photos.original'), result: t('film.frameShown', { frame: still.frame ?? frame }), split: t('photos.splitHandle'), stage: t('photos.stage', { name: asset.name }) }}
        onSplit={() => undefined}
        onView={setView}
        onHold={() => undefined}
        onWindow={setWindow}
        onShown={(src) => performance.mark('picture-shown', { detail: src })}
      />
      {still.error !== null && (
        <div className={styles['error']}>
          <ErrorPanel error={still.error} compact />
        </div>
      )}
    </>
  )
}
