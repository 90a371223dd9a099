import { Popover, Switch, UnstyledButton } from '@mantine/core'
import { useCommandButton } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import styles from './BrushColor.module.css'
import { ColorField } from './ColorField.tsx'
import { useMarking } from './marking.ts'
import type { Paint } from './tool.ts'

/** The colour in the hand, plain colours used before, and (`paper`) the hand that keeps the paper. */
export function BrushColor({ board, paper = true }: { readonly board: { recolour(paint: Paint): void }; readonly paper?: boolean }) {
  const { t } = useTexts()
  const { paint, recent } = useMarking()
  const keepPaper = useCommandButton('hint.keepPaper')
  const take = (color: string) => board.recolour({ color, swatch: null, empty: false })
  return (
    <div className={styles['brush']}>
      <Popover position="left-start" trapFocus>
        <Popover.Target>
          <UnstyledButton className={styles['hand']} aria-label={t('pages.color.hand', { color: paint.color })}>
            <span className={styles['color']} data-empty={paint.empty || undefined} style={paint.empty ? undefined : { background: paint.color }} />
            <span className={styles['code']}>{paint.empty ? t('pages.color.paper') : paint.color}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={styles['popover']}>
          <ColorField color={paint.color} onCommit={take} />
        </Popover.Dropdown>
      </Popover>
      <div className={styles['recent']} role="group" aria-label={t('pages.color.recent')}>
        {recent.map((color) => (
          <button key={color} type="button" className={styles['small']} style={{ background: color }} aria-label={color} title={color} onClick={() => take(color)} />
        ))}
      </div>
      {paper && <Switch size="xs" labelPosition="left" label={t('pages.color.keepPaper')} checked={paint.empty} onChange={keepPaper.run} />}
    </div>
  )
}
