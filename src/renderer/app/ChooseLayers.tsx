import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../i18n/index.ts'
import { useAdding } from './adding.ts'
import styles from './ChooseLayers.module.css'
import { Dialog } from '../ui/Dialog.tsx'

type Question = NonNullable<ReturnType<typeof useAdding.getState>['question']>

/** Asks which layers of a layered file are the page's lines, and which are a rough colouring of it. */
export function ChooseLayers() {
  const { t } = useTexts()
  const question = useAdding((state) => state.question)
  return (
    <Dialog opened={question !== null} onClose={() => question?.answer(null)} title={t('app.layers.title', { name: question?.name ?? '' })}>
      {question && <Choice question={question} />}
    </Dialog>
  )
}

function Choice({ question: { layers, lines: likely, answer } }: { readonly question: Question }) {
  const { t } = useTexts()
  // Where no layer is called lines, the whole as it looks is the page: all that is shown.
  const [lines, setLines] = useState<ReadonlySet<number>>(() => new Set(likely.length > 0 ? likely : layers.flatMap(({ hidden }, place) => (hidden ? [] : [place]))))
  const [rough, setRough] = useState<ReadonlySet<number>>(new Set())
  const toggled = (set: ReadonlySet<number>, place: number) => (set.has(place) ? new Set([...set].filter((each) => each !== place)) : new Set([...set, place]))
  const sorted = (set: ReadonlySet<number>) => [...set].sort((one, other) => one - other)
  return (
    <>
      <p className={styles['quiet']}>{t('app.layers.help')}</p>
      <table className={styles['layers']}>
        <thead>
          <tr>
            <th scope="col">{t('app.layers.layer')}</th>
            <th scope="col">{t('app.layers.lines')}</th>
            <th scope="col">{t('app.layers.rough')}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ name, group, hidden }, place) => {
            const path = [...group, name].join(' / ')
            return (
              <tr key={place}>
                <th scope="row" data-hidden={hidden || undefined} title={path}>
                  {path}
                </th>
                <td>
                  <Checkbox size="xs" aria-label={t('app.layers.asLines', { name: path })} checked={lines.has(place)} onChange={() => setLines(toggled(lines, place))} />
                </td>
                <td>
                  <Checkbox size="xs" aria-label={t('app.layers.asRough', { name: path })} checked={rough.has(place)} onChange={() => setRough(toggled(rough, place))} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className={styles['actions']}>
        <Button onClick={() => answer(null)}>{t('common.cancel')}</Button>
        <Button variant="filled" data-autofocus disabled={lines.size === 0} onClick={() => answer({ lines: sorted(lines), rough: sorted(rough) })}>
          {t('app.layers.add')}
        </Button>
      </div>
    </>
  )
}
