import { SegmentedControl, Select, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { pageState, type Asset, type PageState } from '../../contract/assets.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import { pageStep } from '../../core/steps/page.ts'
import { useClient } from '../client/context.tsx'
import { asMutation, useSettings } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ReferenceRow } from '../inspector/ReferenceRow.tsx'
import { StepPanel } from '../inspector/StepPanel.tsx'
import { setParam } from '../photos/editing.ts'
import { HistoryPanel } from '../photos/one/HistoryPanel.tsx'
import type { RecipeEditing } from '../photos/useRecipe.ts'
import { Section } from '../ui/Section.tsx'
import { SliderRow } from '../ui/SliderRow.tsx'
import { useTell } from '../ui/tell.ts'
import type { PageBoard } from './board.ts'
import { pageParams } from './editing.ts'
import { HintsPanel } from './HintsPanel.tsx'
import { LayersPanel } from './LayersPanel.tsx'
import styles from './PageInspector.module.css'
import { PalettePanel } from './PalettePanel.tsx'
import { ReferencePanel } from './ReferencePanel.tsx'
import { TeachPanel } from './TeachPanel.tsx'
import type { PaletteEditing } from './usePalette.ts'
import { useHasPageModel } from './useSuggest.ts'

interface PageInspectorProps {
  readonly asset: Asset
  /** The whole chapter, in its order. */
  readonly pages: readonly Asset[]
  /** What was found on the page; null: not known yet. */
  readonly report: PageReport | null
  readonly editing: RecipeEditing
  readonly board: PageBoard
  readonly palette: PaletteEditing
  readonly scene: string | null
  /** Places hints where there are none. */
  readonly suggest: { readonly isBusy: boolean; run(): void }
}

/** Drawn above the panel of the step, or by panels of their own. */
const elsewhere = ['mode', 'model', 'blend', 'rough']

/** From the whole to the part to the past: mode, palette, hints, the page's own settings, its state, its history. */
export function PageInspector({ asset, pages, report, editing, board, palette, scene, suggest }: PageInspectorProps) {
  const { t } = useTexts()
  const { data: settings } = useSettings()
  const onCommit = (edit: Parameters<RecipeEditing['commit']>[0]) => void editing.commit(edit)
  return (
    <div className={styles['inspector']}>
      <ModeHead title={t('pages.page', { number: pages.indexOf(asset) + 1 })} asset={asset} editing={editing} />
      <TeachPanel asset={asset} pages={pages} report={report} board={board} palette={palette.palette} />
      <PalettePanel palette={palette} board={board} scene={scene} onScene={(next) => onCommit(setParam(editing.recipe, pageStep, 'scene', next))} />
      <ReferencePanel board={board} />
      <HintsPanel board={board} recipe={editing.recipe} palette={palette.palette} scene={scene} suggest={suggest} canTeach={pages.length > 1} />
      <LayersPanel editing={editing} />
      <Section title={t('pages.settings')}>
        <StepPanel
          step={pageStep}
          recipe={editing.recipe}
          asset={asset}
          simple={settings?.inspector !== 'everything'}
          omit={elsewhere}
          onPreview={editing.preview}
          onCommit={onCommit}
        />
      </Section>
      <PageWord key={asset.id} asset={asset} />
      <HistoryPanel asset={asset} />
    </div>
  )
}

/** Flats, model or both; what the network needs is only shown where one colours. */
function ModeHead({ title, asset, editing }: { readonly title: string; readonly asset: Asset; readonly editing: RecipeEditing }) {
  const { t, find, format } = useTexts()
  const { mode, blend, rough } = pageParams(editing.recipe)
  const hasModel = useHasPageModel()
  const isPossible = { flats: true, model: hasModel, both: hasModel || rough !== null }
  const parameter = pageStep.parameters.find(({ id }) => id === 'mode')
  const options = parameter?.kind === 'choice' ? parameter.options : []
  const set = (id: string, value: unknown) => setParam(editing.recipe, pageStep, id, value)
  return (
    <header className={styles['head']}>
      <div className={styles['title']}>
        <h2>{title}</h2>
        <SegmentedControl
          size="xs"
          aria-label={find('steps.page.mode')}
          value={mode}
          data={options.map((option) => ({ value: option, label: find(`steps.page.mode.${option}`), disabled: option !== mode && !isPossible[option as keyof typeof isPossible] }))}
          onChange={(value) => void editing.commit(set('mode', value))}
        />
      </div>
      {!hasModel && rough === null && <p className={styles['quiet']}>{t('pages.noModel')}</p>}
      <ReferenceRow label={find('steps.page.rough')} help={find('steps.page.rough.help')} version={asset.currentVersion} value={rough} />
      {mode === 'both' && (
        <SliderRow
          label={rough === null ? t('pages.blendLabel') : t('pages.blendRough')}
          help={t(rough === null ? 'pages.blend' : 'pages.blendWithRough', { flats: format.percent(1 - blend), model: format.percent(blend) })}
          value={1 - blend}
          min={0}
          max={1}
          step={0.01}
          defaultValue={1 - pageStep.defaults.blend}
          onChange={(flats) => editing.preview(set('blend', 1 - flats))}
          onCommit={(flats) => void editing.commit(set('blend', 1 - flats))}
        />
      )}
    </header>
  )
}

/** How far the colorist is, and what they want to remember of the page. */
function PageWord({ asset }: { readonly asset: Asset }) {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const mark = useMutation({ mutationFn: asMutation(client.pages.mark), onError: tell.error })
  const note = asset.page?.note ?? ''
  return (
    <Section title={t('pages.progress')} summary={t(`pages.state.${asset.page?.state ?? 'todo'}`)}>
      <div className={styles['word']}>
        <Select
          label={t('pages.stateLabel')}
          data={pageState.options.map((value) => ({ value, label: t(`pages.state.${value}`) }))}
          value={asset.page?.state ?? 'todo'}
          onChange={(value) => value && mark.mutate({ ids: [asset.id], state: value as PageState })}
        />
        <Textarea
          key={note}
          label={t('pages.note')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          defaultValue={note}
          onBlur={(event) => event.currentTarget.value !== note && mark.mutate({ ids: [asset.id], note: event.currentTarget.value })}
        />
      </div>
    </Section>
  )
}
