import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipShots } from '../../contract/shots.ts'
import { readPictureRate, writtenRate } from '../../core/film/pictureRate.ts'
import { inverse } from '../../core/film/rational.ts'
import { changeRate } from '../../core/film/shotList.ts'
import { useTexts } from '../i18n/index.ts'
import styles from './ClipInspector.module.css'
import type { ShotEditing } from './shots/useShots.ts'

/** Rates at which silent and sound film was shot. */
const usual = ['16', '18', '20', '22', '24', '25']

/** Numbered pictures carry no rate: the one that they are run at is set here, typed or chosen. */
export function PictureRate({ truth, shots, editing }: { readonly truth: ClipTruth; readonly shots: ClipShots; readonly editing: ShotEditing }) {
  const { t } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const now = writtenRate(inverse(truth.timeBase))
  const take = (said: string) => {
    const rate = readPictureRate(said)
    setTyped(null)
    if (rate && writtenRate(rate) !== now) void editing.commit(changeRate(shots, rate))
  }
  return (
    <Autocomplete
      className={styles['rate'] ?? ''}
      label={t('film.pictureRate')}
      description={t('film.pictureRate.help')}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={usual}
      // All of them are offered, whatever is typed.
      filter={({ options }) => options}
      value={typed ?? now}
      error={typed !== null && readPictureRate(typed) === null ? t('film.pictureRate.invalid') : null}
      onChange={setTyped}
      onOptionSubmit={take}
      onBlur={() => typed !== null && take(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && typed !== null) take(typed)
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
