import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { pageStep } from '../../core/steps/page.ts'
import { useTexts } from '../i18n/index.ts'
import { setParam } from '../photos/editing.ts'
import type { RecipeEditing } from '../photos/useRecipe.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Section } from '../ui/Section.tsx'
import { SliderRow } from '../ui/SliderRow.tsx'
import { pageParams } from './editing.ts'
import styles from './LayersPanel.module.css'

const layers = [
  { param: 'lineOpacity', name: 'lines' },
  { param: 'fillOpacity', name: 'flats' },
] as const

/** What the result is made of: lines over fills over paper, each to be seen through or hidden. */
export function LayersPanel({ editing }: { readonly editing: RecipeEditing }) {
  const { t } = useTexts()
  const params = pageParams(editing.recipe)
  const set = (param: 'lineOpacity' | 'fillOpacity' | 'neutralPaper', value: unknown) => setParam(editing.recipe, pageStep, param, value)
  return (
    <Section title={t('pages.layers')}>
      {layers.map(({ param, name }) => {
        const layer = t(`pages.layers.${name}`)
        const isShown = params[param] > 0
        return (
          <div key={param} className={styles['row']}>
            <div className={styles['slider']}>
              <SliderRow
                label={layer}
                unit="%"
                value={Math.round(100 * params[param])}
                min={0}
                max={100}
                step={1}
                defaultValue={100}
                onChange={(percent) => editing.preview(set(param, percent / 100))}
                onCommit={(percent) => void editing.commit(set(param, percent / 100))}
              />
            </div>
            <IconButton size="small" label={t(isShown ? 'pages.hints.hide' : 'pages.hints.show', { name: layer })} icon={isShown ? IconEye : IconEyeOff} onClick={() => void editing.commit(set(param, isShown ? 0 : 1))} />
          </div>
        )
      })}
      <div className={styles['row']}>
        <span className={styles['slider']}>{t('pages.layers.paper')}</span>
        <span className={styles['word']}>{t(params.neutralPaper ? 'pages.layers.white' : 'pages.layers.own')}</span>
        <IconButton
          size="small"
          label={t(params.neutralPaper ? 'pages.layers.showPaper' : 'pages.layers.hidePaper')}
          icon={params.neutralPaper ? IconEyeOff : IconEye}
          onClick={() => void editing.commit(set('neutralPaper', !params.neutralPaper))}
        />
      </div>
    </Section>
  )
}
