import { IconX } from '@tabler/icons-react'
import { useCommandButton } from '../app/commands.ts'
import type { Size } from '../../contract/pictures.ts'
import { useTexts } from '../i18n/index.ts'
import { placement, type Viewport } from '../stage/viewport.ts'
import { IconButton } from '../ui/IconButton.tsx'
import styles from './PlaceColorsRow.module.css'
import { usePages } from './state.ts'
import type { PlaceColors } from './usePlaceColors.ts'

interface PlaceColorsRowProps {
  readonly colors: PlaceColors
  readonly picture: Size
  readonly view: Viewport
  readonly window: Size
}

/** Distance of the row from its dot, CSS pixels. */
const away = 16

/** A press on the row is none on the stage below it, which would pan or zoom. */
function keepFromStage(row: HTMLDivElement | null): (() => void) | undefined {
  if (!row) return undefined
  const stop = (event: Event) => event.stopPropagation()
  for (const type of ['pointerdown', 'dblclick']) row.addEventListener(type, stop)
  return () => {
    for (const type of ['pointerdown', 'dblclick']) row.removeEventListener(type, stop)
  }
}

/** The likely colours of a place, in a row beside it: on the side with more room. */
export function PlaceColorsRow({ colors: { colors, take, close }, picture, view, window }: PlaceColorsRowProps) {
  const { t, format } = useTexts()
  const asked = usePages((state) => state.asked)
  const keys = useCommandButton('hint.colors')
  if (!asked) return null
  const { left, top, zoom } = placement(view, picture, window)
  const [x, y] = [left + asked.x * picture.width * zoom, top + asked.y * picture.height * zoom]
  const style = {
    ...(x < window.width / 2 ? { left: x + away } : { right: window.width - x + away }),
    ...(y < window.height / 2 ? { top: y } : { bottom: window.height - y }),
  }
  return (
    <div ref={keepFromStage} className={styles['row']} style={style} role="group" aria-label={t('pages.colorsAt')}>
      {colors === null && <span className={styles['quiet']}>{t('pages.colorsAt.looking')}</span>}
      {colors?.length === 0 && <span className={styles['quiet']}>{t('pages.colorsAt.none')}</span>}
      {colors?.map((color, n) => {
        const name = color.name || color.color
        const confidence = format.percent(color.confidence)
        return (
          <button key={n} type="button" className={styles['color']} aria-label={t('pages.colorsAt.take', { name, confidence })} title={`${name} · ${confidence}`} onClick={() => take(color)}>
            <span className={styles['chip']} style={{ background: color.color }} />
            {asked.hasKeys && <kbd className={styles['key']}>{n + 1}</kbd>}
          </button>
        )
      })}
      {!asked.hasKeys && colors !== null && colors.length > 0 && keys.shortcut && <span className={styles['quiet']}>{t('pages.colorsAt.keys', { key: keys.shortcut })}</span>}
      <IconButton size="small" label={t('common.close')} icon={IconX} onClick={close} />
    </div>
  )
}
