import { Select, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Asset } from '../../contract/assets.ts'
import type { ModelSummary, ModelTask } from '../../contract/models.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { paramsOf, type Parameter, type Step } from '../../core/steps/step.ts'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { setParam, type Edit } from '../photos/editing.ts'
import { SliderRow } from '../ui/SliderRow.tsx'
import styles from './Inspector.module.css'
import { ReferenceRow } from './ReferenceRow.tsx'
import { RenderFactorRow } from './RenderFactorRow.tsx'

interface StepPanelProps {
  readonly step: Step<string, object>
  readonly recipe: Recipe
  /** The photo that is open; null where several are meant. */
  readonly asset: Asset | null
  readonly simple: boolean
  /** Parameters that the room draws elsewhere. */
  readonly omit?: readonly string[]
  /** The model taken where the recipe names none, if it is there; else the default of the task. */
  readonly usualModel?: string
  onPreview(edit: Edit): void
  onCommit(edit: Edit): void
}

/** The panel of one step, drawn from what the step says of itself. */
export function StepPanel({ step, recipe, asset, simple, omit = [], usualModel, onPreview, onCommit }: StepPanelProps) {
  const queries = useStudioQueries()
  const { find, t } = useTexts()
  const { data: models = [] } = useQuery(queries.models())
  const stored = recipe.steps.find((each) => each.step === step.id) ?? { step: step.id, enabled: true, params: {} }
  const params = paramsOf(step, stored).params as Record<string, unknown>
  const usable = models.filter((model) => model.state === 'bundled' || model.state === 'installed')
  const edit = (id: string, value: unknown) => setParam(recipe, step, id, value)

  const chosenModel = (task: string, id: unknown): ModelSummary | null =>
    usable.find((model) => model.id === id) ?? usable.find((model) => model.id === usualModel) ?? usable.find((model) => model.task === task && model.isDefault) ?? null

  const row = (parameter: Parameter) => {
    const label = find(parameter.label)
    const help = find(`${parameter.label}.help`)
    const value = params[parameter.id]
    switch (parameter.kind) {
      case 'number':
        return (
          <SliderRow
            key={parameter.id}
            label={label}
            help={help}
            value={value as number}
            min={parameter.min}
            max={parameter.max}
            step={parameter.step}
            defaultValue={parameter.default}
            {...(parameter.origin === undefined ? {} : { origin: parameter.origin })}
            {...(parameter.unit === undefined ? {} : { unit: parameter.unit })}
            onChange={(next) => onPreview(edit(parameter.id, next))}
            onCommit={(next) => onCommit(edit(parameter.id, next))}
          />
        )
      case 'toggle':
        return (
          <label key={parameter.id} className={styles['row']} title={help}>
            <span>{label}</span>
            <Switch checked={value as boolean} onChange={(event) => onCommit(edit(parameter.id, event.currentTarget.checked))} aria-label={label} />
          </label>
        )
      case 'choice':
        return (
          <label key={parameter.id} className={styles['row']} title={help}>
            <span>{label}</span>
            <Select
              aria-label={label}
              className={styles['choice']}
              data={parameter.options.map((option) => ({ value: option, label: find(`${parameter.label}.${option}`) }))}
              value={value as string}
              allowDeselect={false}
              onChange={(next) => next !== null && onCommit(edit(parameter.id, next))}
            />
          </label>
        )
      case 'model': {
        const choices = usable.filter((model) => model.task === (parameter.task as ModelTask))
        return (
          <label key={parameter.id} className={styles['row']} title={help}>
            <span>{label}</span>
            <Select
              aria-label={label}
              className={styles['choice']}
              data={choices.map((model) => ({ value: model.id as string, label: model.title }))}
              value={chosenModel(parameter.task, value)?.id ?? null}
              placeholder={t('inspector.noModel')}
              allowDeselect={false}
              onChange={(next) => next !== null && onCommit(edit(parameter.id, next))}
            />
          </label>
        )
      }
      case 'renderFactor':
        return (
          <RenderFactorRow
            key={parameter.id}
            parameter={parameter}
            asset={asset}
            recipe={recipe}
            model={chosenModel('colorize', params.model)}
            value={value}
            withFactor={(factor) => edit(parameter.id, factor).recipe}
            onChange={(factor) => onPreview(edit(parameter.id, factor))}
            onCommit={(factor) => onCommit(edit(parameter.id, factor))}
          />
        )
      case 'file':
        return asset && <ReferenceRow key={parameter.id} label={label} help={help} version={asset.currentVersion} value={value} />
      // Placed on the picture, not by a row of this panel.
      case 'hints':
        return null
    }
  }

  const shown = step.parameters.filter((parameter) => {
    if ((simple && !parameter.simple) || omit.includes(parameter.id)) return false
    return parameter.showIf === undefined || parameter.showIf.is.includes(params[parameter.showIf.param])
  })
  return <div className={styles['rows']}>{shown.map(row)}</div>
}
