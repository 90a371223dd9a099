import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ClipShots, Shot } from '../../../contract/shots.ts'
import type { Wording } from '../../../contract/texts.ts'
import { filmModel } from '../../../core/film/filmModel.ts'
import type { Range } from '../../../core/film/playing.ts'
import { changeLook, isToBeColored, shotAt, type Look, type ShotEdit } from '../../../core/film/shotList.ts'
import { changeLookWithin } from '../../../core/film/shotRange.ts'
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
import { playedRange, useFilm } from '../state.ts'
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

/** What a change of the recipe is for. */
type Scope = 'shot' | 'range' | 'all'

/** First and last frame as a span. */
const spanOf = ({ from, to }: Range) => ({ from, to: to + 1 })

/** How the shot under the playhead is coloured, the frames from in to out, or all of them at once. */
export function RecipePanel({ editing, shots, at, board }: RecipePanelProps) {
  const { t } = useTexts()
  const { data: settings } = useSettings()
  const [chosen, setScope] = useState<Scope>('shot')
  const set = useFilm((state) => state.range)
  const frame = useFilm((state) => state.frame)
  const range = set.from === null && set.to === null ? null : spanOf(playedRange(set, shots.frames))
  const scope = chosen === 'range' && !range ? 'shot' : chosen
  // Parts of shots have their ids before they are saved: those that a hand moving a slider shows are the same all along.
  const ids = useRef(new Map<number, string>())
  const idAt = (start: number) => {
    const id = ids.current.get(start) ?? crypto.randomUUID()
    ids.current.set(start, id)
    return id
  }
  // Of a range, the recipe of its own frames is shown, wherever the playhead is.
  const shown = scope === 'range' && range && (frame < range.from || frame >= range.to) ? shotAt(shots, range.from) : at
  const shot = shots.shots[shown]
  if (!shot) return null
  const all = shots.shots.map((_, place) => place)
  const change = (what: (each: Shot) => Partial<Look>, label: Wording, isOfAll = false) => {
    if (scope === 'range' && range && !isOfAll) return changeLookWithin(editing.committed ?? shots, range, what, label, idAt)
    return changeLook(shots, scope === 'all' || isOfAll ? all : [at], what, label)
  }
  const changed = ({ patches, label }: Edit) => change((each) => ({ recipe: applyPatches(each.recipe, patches).document }), label, patches.some(({ path }) => wholeFilm.has(String(path.at(-1)))))
  const steadied = (steady: number) => change(() => ({ steady }), { key: 'history.shots.steady', values: { value: steady } })
  const commit = (edit: ShotEdit) => {
    ids.current.clear()
    void editing.commit(edit)
  }
  const { params } = paramsOf(colorizeStep, shot.recipe.steps.find(({ step }) => step === colorizeStep.id) ?? { step: colorizeStep.id, enabled: true, params: {} })
  const differs = shots.shots.some(({ recipe, steady }) => steady !== shot.steady || JSON.stringify(recipe) !== JSON.stringify(shot.recipe))
  return (
    <div className={styles['panel']}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('film.recipe.scope')}
        value={scope}
        onChange={(value) => setScope(value as Scope)}
        data={[
          { value: 'shot', label: t('film.shots.shot', { shot: at + 1 }) },
          ...(range ? [{ value: 'range' as const, label: t('film.recipe.range') }] : []),
          { value: 'all', label: t('film.recipe.all') },
        ]}
      />
      {shots.inColor && (
        <div className={styles['rows']}>
          <span className={styles['quiet']}>{t('photos.alreadyColor')}</span>
          {!isToBeColored(shots, shot) && (
            <Button size="xs" variant="default" onClick={() => commit(changed(setParam(shot.recipe, colorizeStep, 'forceColor', true)))}>
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
        onCommit={(edit) => commit(changed(edit))}
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
          onCommit={(steady) => commit(steadied(steady))}
        />
        <label className={styles['row']} title={t('film.recipe.autoHelp')}>
          <span>{t('film.recipe.auto')}</span>
          <Switch
            aria-label={t('film.recipe.auto')}
            checked={params.renderFactor === 'auto'}
            onChange={(event) => commit(changed(setParam(shot.recipe, colorizeStep, 'renderFactor', event.currentTarget.checked ? 'auto' : null)))}
          />
        </label>
        {shots.shots.length > 1 && (
          <Button size="xs" variant="default" disabled={!differs} onClick={() => commit(changeLook(shots, all, () => ({ recipe: shot.recipe, steady: shot.steady }), { key: 'history.shots.same' }))}>
            {t('film.recipe.same')}
          </Button>
        )}
      </div>
      <HintList editing={editing} shots={shots} at={at} board={board} />
    </div>
  )
}
