import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useState } from 'react'
import type { ClipShots } from '../../../contract/shots.ts'
import { filmModel } from '../../../core/film/filmModel.ts'
import { changeLook, isToBeColored } from '../../../core/film/shotList.ts'
import { applyPatches } from '../../../core/history/patches.ts'
import { colorizeStep } from '../../../core/steps/colorize.ts'
import { paramsOf } from '../../../core/steps/step.ts'
import { useSettings } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { StepPanel } from '../../inspector/StepPanel.tsx'
import { setParam, type Edit } from '../../photos/editing.ts'
import { SliderRow } from '../../ui/SliderRow.tsx'
import type { FrameBoard } from '../hints/board.ts'
import { HintList } from '../hints/HintList.tsx'
import styles from './RecipePanel.module.css'
import type { ShotEditing } from './useShots.ts'

/** What films do not know, and what is placed on the picture. */
const elsewhere = ['hints', 'reference', 'keepTone', 'tones', 'forceColor']

/** What is one for the whole film: its network, and whether it is coloured anew. */
const wholeFilm = new Set(['model', 'forceColor'])

interface RecipePanelProps {
  readonly editing: ShotEditing
  readonly shots: ClipShots
  /** Place in the list of the shot under the playhead. */
  readonly at: number
  /** The hints of the frame under the playhead. */
  readonly board: FrameBoard
}

/** How the shot under the playhead is coloured, or all of them at once. */
export function RecipePanel({ editing, shots, at, board }: RecipePanelProps) {
  const { t } = useTexts()
  const { data: settings } = useSettings()
  const [scope, setScope] = useState<'shot' | 'all'>('shot')
  const shot = shots.shots[at]
  if (!shot) return null
  const all = shots.shots.map((_, place) => place)
  const places = scope === 'all' ? all : [at]
  const placesOf = ({ patches }: Edit) => (patches.some(({ path }) => wholeFilm.has(String(path.at(-1)))) ? all : places)
  const changed = (edit: Edit) => changeLook(shots, placesOf(edit), (each) => ({ recipe: applyPatches(each.recipe, edit.patches).document }), edit.label)
  const steadied = (steady: number) => changeLook(shots, places, () => ({ steady }), { key: 'history.shots.steady', values: { value: steady } })
  const { params } = paramsOf(colorizeStep, shot.recipe.steps.find(({ step }) => step === colorizeStep.id) ?? { step: colorizeStep.id, enabled: true, params: {} })
  const differs = shots.shots.some(({ recipe, steady }) => steady !== shot.steady || JSON.stringify(recipe) !== JSON.stringify(shot.recipe))
  return (
    <div className={styles['panel']}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('film.recipe.scope')}
        value={scope}
        onChange={(value) => setScope(value as 'shot' | 'all')}
        data={[
          { value: 'shot', label: t('film.shots.shot', { shot: at + 1 }) },
          { value: 'all', label: t('film.recipe.all') },
        ]}
      />
      {shots.inColor && (
        <div className={styles['rows']}>
          <span className={styles['quiet']}>{t('photos.alreadyColor')}</span>
          {!isToBeColored(shots, shot) && (
            <Button size="xs" variant="default" onClick={() => void editing.commit(changed(setParam(shot.recipe, colorizeStep, 'forceColor', true)))}>
              {t('photos.colorAnyway')}
            </Button>
          )}
        </div>
      )}
      <StepPanel
        step={colorizeStep}
        recipe={shot.recipe}
        asset={null}
        simple={settings?.inspector !== 'everything'}
        omit={elsewhere}
        usualModel={filmModel}
        onPreview={(edit) => editing.preview(changed(edit))}
        onCommit={(edit) => void editing.commit(changed(edit))}
      />
      <div className={styles['rows']}>
        <SliderRow
          label={t('film.recipe.steady')}
          help={t('film.recipe.steadyHelp')}
          value={shot.steady}
          min={0}
          max={1}
          step={0.05}
          defaultValue={1}
          onChange={(steady) => editing.preview(steadied(steady))}
          onCommit={(steady) => void editing.commit(steadied(steady))}
        />
        <label className={styles['row']} title={t('film.recipe.autoHelp')}>
          <span>{t('film.recipe.auto')}</span>
          <Switch
            aria-label={t('film.recipe.auto')}
            checked={params.renderFactor === 'auto'}
            onChange={(event) => void editing.commit(changed(setParam(shot.recipe, colorizeStep, 'renderFactor', event.currentTarget.checked ? 'auto' : null)))}
          />
        </label>
        {shots.shots.length > 1 && (
          <Button size="xs" variant="default" disabled={!differs} onClick={() => void editing.commit(changeLook(shots, all, () => ({ recipe: shot.recipe, steady: shot.steady }), { key: 'history.shots.same' }))}>
            {t('film.recipe.same')}
          </Button>
        )}
      </div>
      <HintList editing={editing} shots={shots} at={at} board={board} />
    </div>
  )
}
