import { Button, Switch } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { Size } from '../../../contract/pictures.ts'
import { colorizeStep } from '../../../core/steps/colorize.ts'
import { useCommand } from '../../app/commands.ts'
import { Slot } from '../../app/slots.tsx'
import { useTexts } from '../../i18n/index.ts'
import { Stage, stageModes } from '../../stage/Stage.tsx'
import { useStageCommands } from '../../stage/useStageCommands.ts'
import { fitted, zoomOf, type Viewport } from '../../stage/viewport.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { setParam } from '../editing.ts'
import { usePhotos } from '../state.ts'
import type { RecipeEditing } from '../useRecipe.ts'
import { useStagePictures } from '../useStagePictures.ts'
import { MissingFile } from './MissingFile.tsx'
import styles from './OnePhoto.module.css'

/** The open photo on the stage, its zoom and compare commands, and what is said of it below and in the status line. */
export function PhotoStage({ asset, editing }: { readonly asset: Asset; readonly editing: RecipeEditing }) {
  const { t, format, say } = useTexts()
  const { compare, split, holding, showDoubt, set } = usePhotos()
  const [view, setView] = useState<Viewport>(fitted)
  const [window, setWindow] = useState<Size | null>(null)
  useEffect(() => setView(fitted), [asset.id])

  const pictures = useStagePictures(asset, editing.version ? editing.recipe : null, window, view, showDoubt)
  const { preview, error } = pictures.state
  const figures = preview?.figures ?? null

  const ratio = globalThis.devicePixelRatio || 1
  const hold = useCallback((held: boolean) => set({ holding: held }), [set])
  useStageCommands({ view, picture: asset.info, window, modes: stageModes, onView: setView, compare, onCompare: (next) => set({ compare: next, holding: false }), onHold: hold })
  useCommand('view.doubt', () => set({ showDoubt: !showDoubt }))

  const zoom = window ? zoomOf(view, asset.info, window) * ratio : 0
  const doubtShare = figures?.doubt ?? null
  const spoken = figures?.alreadyColor ? t('photos.alreadyColor') : t('photos.interpretation')
  return (
    <>
      <Stage
        picture={asset.info}
        original={pictures.original}
        result={pictures.result}
        doubt={pictures.doubt}
        mode={compare}
        holding={holding}
        split={split}
        view={view}
        texts={{ original: t('photos.original'), result: t('photos.coloured'), split: t('photos.splitHandle'), stage: t('photos.stage', { name: asset.name }) }}
        onSplit={(next) => set({ split: next })}
        onView={setView}
        onHold={hold}
        onWindow={setWindow}
        onShown={(src) => performance.mark('picture-shown', { detail: src })}
        footer={
          <>
            <span className={styles['said']}>
              <IconInfoCircle size={14} stroke={1.6} aria-hidden />
              {figures?.notes[0] ? say(figures.notes[0]) : spoken}
              {figures?.alreadyColor && (
                <Button size="xs" variant="default" onClick={() => void editing.commit(setParam(editing.recipe, colorizeStep, 'forceColor', true))}>
                  {t('photos.colorAnyway')}
                </Button>
              )}
            </span>
            {doubtShare !== null && (
              <Switch
                size="xs"
                title={t('photos.doubtShare', { share: format.percent(doubtShare) })}
                labelPosition="left"
                label={`${t('photos.showDoubt')} · ${format.percent(doubtShare)}`}
                checked={showDoubt}
                onChange={(event) => set({ showDoubt: event.currentTarget.checked })}
              />
            )}
          </>
        }
      />
      {asset.missing && <MissingFile asset={asset} />}
      {error && !asset.missing && (
        <div className={styles['error']}>
          <ErrorPanel error={error} compact />
        </div>
      )}
      <Slot name="status">
        <span>{asset.name}</span>
        <span>{t('photos.dimensions', { width: format.number(asset.info.width), height: format.number(asset.info.height) })}</span>
        <span>{t('photos.depth', { bits: asset.info.depth })}</span>
        <span>{view.zoom === null ? t('photos.zoomFit', { zoom: format.percent(zoom) }) : format.percent(zoom)}</span>
      </Slot>
      {figures && (
        <Slot name="statusEnd">
          <span title={figures.networkSize ? t('photos.networkSize', { width: figures.networkSize[0], height: figures.networkSize[1] }) : undefined}>
            {figures.model ? `${figures.model.id} · ` : ''}
            {format.milliseconds(figures.ms.total)}
          </span>
        </Slot>
      )}
    </>
  )
}
