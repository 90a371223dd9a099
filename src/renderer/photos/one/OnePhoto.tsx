import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { stepsFor } from '../../../core/steps/index.ts'
import { colorizeStep } from '../../../core/steps/colorize.ts'
import { paramsOf } from '../../../core/steps/step.ts'
import { useCommand, useCommandContext } from '../../app/commands.ts'
import { Slot } from '../../app/slots.tsx'
import { useClient } from '../../client/context.tsx'
import { useSettings, useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { StepPanel } from '../../inspector/StepPanel.tsx'
import { Section } from '../../ui/Section.tsx'
import { useTell } from '../../ui/tell.ts'
import { setEnabled } from '../editing.ts'
import { closePhoto, openPhoto } from '../open.ts'
import { ExportButton } from '../PrimaryAction.tsx'
import { Strip } from '../Strip.tsx'
import { usePhotos } from '../state.ts'
import { usePhotoCommands } from '../usePhotoCommands.ts'
import { useRecipe, type RecipeEditing } from '../useRecipe.ts'
import { CompareModes } from '../../stage/CompareModes.tsx'
import { stageModes } from '../../stage/Stage.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import styles from './OnePhoto.module.css'
import { PhotoStage } from './PhotoStage.tsx'
import { WrongPopover } from './WrongPopover.tsx'

/** One photo open: stage, strip, inspector. */
export function OnePhoto({ asset, shown, all }: { readonly asset: Asset; readonly shown: readonly Asset[]; readonly all: readonly Asset[] }) {
  const { compare, set } = usePhotos()
  const editing = useRecipe(asset.currentVersion)
  const targets = useMemo(() => [asset], [asset])
  usePhotoCommands(all, targets, asset.currentVersion)
  useCommandContext({ isOpen: true, canUndo: editing.version?.canUndo ?? false, canRedo: editing.version?.canRedo ?? false })

  const at = shown.findIndex((each) => each.id === asset.id)
  const step = (by: number) => {
    const next = shown[at + by]
    if (next) openPhoto(next.id)
  }
  useCommand('photo.previous', () => step(-1))
  useCommand('photo.next', () => step(1))
  useCommand('view.grid', closePhoto)

  return (
    <div className={styles['one']}>
      <Slot name="compare">
        <CompareModes modes={stageModes} value={compare} onChange={(next) => set({ compare: next, holding: false })} />
      </Slot>
      <Slot name="primary">
        <ExportButton />
      </Slot>
      <PhotoStage asset={asset} editing={editing} />
      {all.length > 1 && (
        <Slot name="strip">
          <Strip assets={shown} open={asset} />
        </Slot>
      )}
      <Slot name="inspector">
        <PhotoInspector asset={asset} editing={editing} />
      </Slot>
    </div>
  )
}

function PhotoInspector({ asset, editing }: { readonly asset: Asset; readonly editing: RecipeEditing }) {
  const client = useClient()
  const tell = useTell()
  const { t, find } = useTexts()
  const { data: settings } = useSettings()
  const { data: models = [] } = useQuery(useStudioQueries().models())
  const simple = settings?.inspector !== 'everything'
  const stored = editing.recipe.steps.find((each) => each.step === colorizeStep.id)
  const params = paramsOf(colorizeStep, stored ?? { step: colorizeStep.id, enabled: true, params: {} }).params
  const model = models.find((each) => each.id === params.model) ?? models.find((each) => each.task === 'colorize' && each.isDefault)
  const standardFactor = model?.renderFactor?.default ?? 24
  const onCommit = (edit: Parameters<RecipeEditing['commit']>[0]) => void editing.commit(edit)

  const others = stepsFor(asset.kind).filter((step) => step.id !== colorizeStep.id)
  return (
    <div className={styles['inspector']}>
      <header className={styles['head']}>
        <h2>{find(colorizeStep.label)}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('inspector.detail')}
          value={simple ? 'simple' : 'everything'}
          data={[
            { value: 'simple', label: t('inspector.simple') },
            { value: 'everything', label: t('inspector.everything') },
          ]}
          onChange={(value) => void client.settings.change({ inspector: value as 'simple' | 'everything' }).catch(tell.error)}
        />
      </header>
      <StepPanel step={colorizeStep} recipe={editing.recipe} asset={asset} simple={simple} onPreview={editing.preview} onCommit={onCommit} />
      <WrongPopover asset={asset} editing={editing} standardFactor={standardFactor} />
      {others.map((step) => (
        <Section
          key={step.id}
          title={find(step.label)}
          enabled={editing.recipe.steps.find((each) => each.step === step.id)?.enabled ?? false}
          onEnabledChange={(enabled) => onCommit(setEnabled(editing.recipe, step, enabled))}
        >
          <StepPanel step={step} recipe={editing.recipe} asset={asset} simple={simple} onPreview={editing.preview} onCommit={onCommit} />
        </Section>
      ))}
      <HistoryPanel asset={asset} />
    </div>
  )
}
