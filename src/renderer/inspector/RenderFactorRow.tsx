import { Button, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconWand } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Asset } from '../../contract/assets.ts'
import type { ModelSummary } from '../../contract/models.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { RenderFactorParameter } from '../../core/steps/step.ts'
import { useCommand } from '../app/commands.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { SliderRow } from '../ui/SliderRow.tsx'
import { useTell } from '../ui/tell.ts'
import styles from './Inspector.module.css'

interface RenderFactorRowProps {
  readonly parameter: RenderFactorParameter
  readonly asset: Asset | null
  readonly recipe: Recipe
  readonly model: ModelSummary | null
  /** What the recipe holds: a number, 'auto', or null for the model's own. */
  readonly value: unknown
  /** The recipe with another factor. */
  withFactor(factor: number): Recipe
  onChange(factor: number): void
  onCommit(factor: number): void
}

/** Five factors spread over the card's range, the default among them. */
function stripFactors(min: number, max: number, standard: number): number[] {
  const top = Math.min(max, Math.max(standard * 2.4, standard + 16))
  const low = Math.max(min, Math.round(standard * 0.7))
  const steps = [low, standard, standard + (top - standard) / 3, standard + ((top - standard) * 2) / 3, top]
  return [...new Set(steps.map((factor) => Math.round(factor)))].filter((factor) => factor >= min && factor <= max)
}

/** A moment of rest before the small pictures follow a change, ms: while a slider moves, the engine is the stage's alone. */
const restMs = 400

/** The same part of the picture at one factor, small. */
function FactorPicture({ asset, recipe, factor, chosen, onChoose }: { asset: Asset; recipe: Recipe; factor: number; chosen: boolean; onChoose(): void }) {
  const client = useClient()
  const host = useHost()
  const { t } = useTexts()
  const side = Math.min(asset.info.width, asset.info.height) * 0.6
  const width = side / asset.info.width
  const height = side / asset.info.height
  const crop = { x: (1 - width) / 2, y: Math.max(0, Math.min(1 - height, 0.42 - height / 2)), width, height }
  const [resting] = useDebouncedValue(JSON.stringify(recipe), restMs)
  const { data } = useQuery({
    queryKey: ['factorPicture', asset.id, factor, resting],
    queryFn: ({ signal }) =>
      client.photos.preview(
        { asset: asset.id, recipe: JSON.parse(resting) as Recipe, box: { width: 128, height: 128 }, crop, lane: `factor:${asset.id}:${factor}`, priority: 'visible' },
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    placeholderData: (before) => before,
  })
  return (
    <button type="button" className={styles['factor']} aria-pressed={chosen} aria-label={t('inspector.factorPicture', { factor })} onClick={onChoose}>
      {data ? <img src={host.pictureUrl(data.key)} alt="" draggable={false} /> : <Skeleton className={styles['factorSkeleton']} animate={false} />}
      <span>{factor}</span>
    </button>
  )
}

/** The render factor as pictures of one place, a slider below, and Auto, which explains its choice. */
export function RenderFactorRow({ parameter, asset, recipe, model, value, withFactor, onChange, onCommit }: RenderFactorRowProps) {
  const client = useClient()
  const { t, find } = useTexts()
  const tell = useTell()
  const card = model?.renderFactor ?? null
  const min = Math.max(parameter.min, card?.min ?? parameter.min)
  const max = Math.min(parameter.max, card?.max ?? parameter.max)
  const standard = card?.default ?? 24
  const factor = typeof value === 'number' ? value : standard

  const suggest = useMutation({
    mutationFn: async () => (asset ? client.photos.suggestFactor({ asset: asset.id, recipe, lane: `auto:${asset.id}` }) : null),
    onSuccess: (suggestion) => suggestion && onCommit(suggestion.renderFactor),
    onError: tell.error,
  })

  useCommand('photo.autoFactor', () => suggest.mutate())

  if (model && !card) return <p className={styles['quiet']}>{t('inspector.fixedSize', { model: model.title })}</p>
  const factors = stripFactors(min, max, standard)
  const reason = suggest.data && suggest.data.renderFactor === factor ? find(suggest.data.reason.key, suggest.data.reason.values) : ''
  return (
    <div className={styles['renderFactor']}>
      {asset && (
        <div className={styles['factors']} role="group" aria-label={t('inspector.factorPictures')}>
          {factors.map((each) => (
            <FactorPicture key={each} asset={asset} recipe={withFactor(each)} factor={each} chosen={each === Math.round(factor)} onChoose={() => onCommit(each)} />
          ))}
        </div>
      )}
      <SliderRow
        label={find(parameter.label)}
        help={find(`${parameter.label}.help`)}
        value={factor}
        min={min}
        max={max}
        step={1}
        defaultValue={standard}
        onChange={onChange}
        onCommit={onCommit}
      />
      <div className={styles['factorFoot']}>
        <span className={styles['quiet']}>{reason || t('inspector.factorMeaning')}</span>
        {asset && (
          <Button variant="default" size="xs" leftSection={<IconWand size={14} stroke={1.6} />} loading={suggest.isPending} onClick={() => suggest.mutate()}>
            {t('inspector.auto')}
          </Button>
        )}
      </div>
    </div>
  )
}
