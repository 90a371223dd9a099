import { Button } from '@mantine/core'
import { IconClipboard, IconCopy, IconDownload, IconPalette } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import { colorizeStep } from '../../../core/steps/colorize.ts'
import { paramsOf } from '../../../core/steps/step.ts'
import { useCommandButton } from '../../app/commands.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { SliderRow } from '../../ui/SliderRow.tsx'
import { useTell } from '../../ui/tell.ts'
import { setParam } from '../editing.ts'
import styles from './SelectionInspector.module.css'

const shared = colorizeStep.parameters.filter((parameter) => parameter.kind === 'number' && parameter.simple)
/** More recipes than these are not compared: the sliders then start from the first ones. */
const compared = 60

/** What the selected photos share, and what can be done with all of them at once. */
export function SelectionInspector({ targets, onColor }: { readonly targets: readonly Asset[]; onColor(): void }) {
  const { t, find, format } = useTexts()
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const queries = useStudioQueries()
  const versions = useQueries({ queries: targets.slice(0, compared).map((asset) => queries.version(asset.currentVersion)) })
  const exporting = useCommandButton('photos.export')
  const copy = useCommandButton('recipe.copy')
  const paste = useCommandButton('recipe.paste')
  if (targets.length === 0) return <p className={styles['hint']}>{t('photos.selectHint')}</p>

  const all = versions.flatMap(({ data }) => (data ? [data] : []))
  const paramsList = all.map(({ recipe }) => paramsOf(colorizeStep, recipe.steps.find((step) => step.step === colorizeStep.id) ?? { step: colorizeStep.id, enabled: true, params: {} }).params)
  const first = paramsList[0] ?? colorizeStep.defaults

  const apply = async (param: string, value: number) => {
    try {
      for (const asset of targets) {
        const version = await client.versions.get({ id: asset.currentVersion })
        const edit = setParam(version.recipe, colorizeStep, param, value)
        await client.versions.change({ id: version.id, patches: edit.patches, label: edit.label })
      }
    } catch (error) {
      tell.error(error)
    }
  }
  const doubtful = targets.filter((asset) => asset.figures?.doubt != null).sort((left, right) => (right.figures?.doubt ?? 0) - (left.figures?.doubt ?? 0))
  const sizes = targets[0]
  return (
    <div className={styles['panel']}>
      <h2>{targets.length === 1 ? sizes?.name : t('photos.selectedTitle', { count: targets.length })}</h2>
      <div className={styles['thumbs']}>
        {targets.slice(0, 3).map((asset) => {
          const key = asset.resultThumbnail ?? asset.thumbnail
          return key ? <img key={asset.id} src={host.pictureUrl(key)} alt="" /> : <span key={asset.id} />
        })}
      </div>
      <div className={styles['actions']}>
        <Button variant="default" leftSection={<IconPalette size={16} stroke={1.6} />} onClick={onColor}>
          {t('photos.color', { count: targets.length })}
        </Button>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />} onClick={exporting.run}>
          {t('photos.exportSome', { count: targets.length })}
        </Button>
      </div>
      <section className={styles['section']}>
        <h3>{t('photos.recipe')}</h3>
        {shared.map((parameter) => {
          if (parameter.kind !== 'number') return null
          const value = (first as unknown as Record<string, number>)[parameter.id] ?? parameter.default
          const mixed = paramsList.some((params) => (params as unknown as Record<string, number>)[parameter.id] !== value)
          return (
            <SliderRow
              key={parameter.id}
              label={find(parameter.label)}
              value={value}
              mixed={mixed}
              min={parameter.min}
              max={parameter.max}
              step={parameter.step}
              defaultValue={parameter.default}
              {...(parameter.origin === undefined ? {} : { origin: parameter.origin })}
              onCommit={(next) => void apply(parameter.id, next)}
            />
          )
        })}
        <div className={styles['actions']}>
          <Button size="xs" variant="default" leftSection={<IconCopy size={14} stroke={1.6} />} disabled={!copy.enabled} onClick={copy.run}>
            {t('photos.copyRecipe')}
          </Button>
          <Button size="xs" variant="default" leftSection={<IconClipboard size={14} stroke={1.6} />} disabled={!paste.enabled} onClick={paste.run}>
            {t('photos.pasteRecipe')}
          </Button>
        </div>
      </section>
      {doubtful.length > 0 && (
        <section className={styles['section']}>
          <h3>{t('photos.doubts')}</h3>
          {doubtful.slice(0, 5).map((asset) => {
            const share = asset.figures?.doubt ?? 0
            return (
              <div key={asset.id} className={styles['doubt']}>
                <span>{asset.name}</span>
                <span className={styles['meter']}>
                  <span style={{ width: `${share * 100}%` }} />
                </span>
                <span className={styles['value']}>{format.percent(share)}</span>
              </div>
            )
          })}
        </section>
      )}
      {sizes && (
        <section className={styles['section']}>
          <h3>{t('photos.about')}</h3>
          <dl className={styles['facts']}>
            {sizes.info.takenAt && (
              <>
                <dt>{t('photos.taken')}</dt>
                <dd>{format.dateTime(sizes.info.takenAt)}</dd>
              </>
            )}
            <dt>{t('photos.sizeFact')}</dt>
            <dd>
              {t('photos.dimensions', { width: format.number(sizes.info.width), height: format.number(sizes.info.height) })}
              {targets.length > 1 ? ` ${t('photos.andMore', { count: targets.length - 1 })}` : ''}
            </dd>
            {sizes.folder && (
              <>
                <dt>{t('photos.folder')}</dt>
                <dd>{sizes.folder}</dd>
              </>
            )}
          </dl>
        </section>
      )}
    </div>
  )
}
