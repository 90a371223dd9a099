import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import type { AssetId } from '../../../contract/ids.ts'
import { useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { Section } from '../../ui/Section.tsx'
import { TakeSwitch } from '../takes/TakeSwitch.tsx'
import type { ShotTakes } from '../takes/useTakes.ts'
import styles from './Review.module.css'
import { useAddCompared, type Compared } from './useCompared.ts'

/** What the clip is compared with: takes of its shots, another clip of the project, or a film that is added for it. */
export function ComparePanel({ asset, compared, takes }: { readonly asset: Asset; readonly compared: Compared; readonly takes: ShotTakes }) {
  const { t, format } = useTexts()
  const add = useAddCompared(asset, compared)
  const { other, choices, choose } = compared
  const { data: films = [] } = useQuery(useStudioQueries().films(asset.id))
  // A part of the clip has other frames, and cannot lie over it; numbered pictures are RGB, which has no luma to be compared.
  const written = films.filter(({ file, preset, from, to, name }) => file !== null && preset !== 'sequence' && from === 0 && to === asset.info.pages && name !== other?.name)
  const data = choices.map(({ clip, fits }) => ({
    value: clip.id,
    label: fits ? clip.name : t('film.compare.noFit', { name: clip.name, frames: format.number(clip.info.pages), width: format.number(clip.info.width), height: format.number(clip.info.height) }),
    disabled: !fits,
  }))
  return (
    <Section title={t('film.compare')} {...(other ? { summary: other.name } : {})} defaultOpen>
      <div className={styles['panel']}>
        <TakeSwitch takes={takes} />
        {takes.all.some(({ isCurrent }) => !isCurrent) && takes.here.length < 2 && !takes.outside && <p className={styles['quiet']}>{t('film.takes.none')}</p>}
        <Select label={t('film.compare.with')} placeholder={t('film.compare.none')} data={data} value={other?.id ?? null} clearable clearButtonProps={{ 'aria-label': t('film.compare.clear') }} disabled={choices.length === 0} onChange={(id) => choose(id as AssetId | null)} />
        {written.map((film) => (
          <Button key={film.id} variant="default" loading={add.isBusy} onClick={() => add.run(film)}>
            {t('film.compare.written', { name: film.name })}
          </Button>
        ))}
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.6} />} loading={add.isBusy} onClick={() => add.run(null)}>
          {t('film.compare.add')}
        </Button>
        {!other && <p className={styles['quiet']}>{t('film.compare.fits')}</p>}
      </div>
    </Section>
  )
}
