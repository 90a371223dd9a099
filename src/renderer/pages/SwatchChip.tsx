import { Button, Popover, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react'
import type { Swatch } from '../../contract/pages.ts'
import { forgetScene, moveSwatch, recolourSwatch, removeSwatch, renameSwatch } from '../../core/pages/palette-edits.ts'
import { swatchColor, swatchTitle } from '../../core/pages/palette.ts'
import { useTexts } from '../i18n/index.ts'
import { ColorField } from '../stage/tools/ColorField.tsx'
import styles from './PalettePanel.module.css'
import type { PaletteEditing } from './usePalette.ts'

interface SwatchChipProps {
  readonly swatch: Swatch
  /** Its place in the palette from 1: the first nine answer to that digit. */
  readonly number: number
  readonly scene: string | null
  readonly editing: PaletteEditing
  readonly chosen: boolean
  readonly opened: boolean
  onOpened(open: boolean): void
  onChoose(): void
  onDragStart(): void
  onDropBefore(): void
}

/** A swatch with its word: a press takes it up, a second one (or F2) opens it for changing; dragged to its place, or by the arrows. */
export function SwatchChip({ swatch, number, scene, editing, chosen, opened, onOpened, onChoose, onDragStart, onDropBefore }: SwatchChipProps) {
  const { t } = useTexts()
  const { palette, preview, commit } = editing
  const color = swatchColor(swatch, scene)
  const row = palette.swatches.filter(({ group }) => group === swatch.group)
  const at = row.findIndex(({ id }) => id === swatch.id)
  const move = (by: -1 | 1) => {
    const before = by < 0 ? row[at - 1] : row[at + 2]
    if (by < 0 ? !before : at === row.length - 1) return
    commit(moveSwatch(palette, swatch.id, before?.id ?? null, swatch.group))
  }
  return (
    <Popover opened={opened} onChange={onOpened} position="left-start" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles['swatch']}
          draggable
          aria-pressed={chosen}
          aria-haspopup="dialog"
          aria-keyshortcuts={number <= 9 ? String(number) : undefined}
          aria-label={swatchTitle(swatch)}
          title={`${swatch.name} · ${color}${number <= 9 ? ` · ${number}` : ''}`}
          onClick={() => (chosen ? onOpened(!opened) : onChoose())}
          onKeyDown={(event) => {
            if (event.key === 'F2') onOpened(true)
            else if (event.altKey && event.key === 'ArrowLeft') move(-1)
            else if (event.altKey && event.key === 'ArrowRight') move(1)
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
          onDragStart={(event) => {
            event.dataTransfer.setData('text/plain', swatch.name)
            onDragStart()
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.stopPropagation()
            onDropBefore()
          }}
        >
          <span className={styles['color']} style={{ background: color }} />
          <span className={styles['word']}>{swatch.name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles['popover']} aria-label={t('pages.palette.swatch', { name: swatch.name })}>
        <div className={styles['form']}>
          <TextInput
            label={t('pages.palette.name')}
            maxLength={100}
            defaultValue={swatch.name}
            onBlur={(event) => {
              const next = event.currentTarget.value.trim()
              if (next !== '' && next !== swatch.name) commit(renameSwatch(palette, swatch.id, next))
            }}
            onKeyDown={(event) => {
              // Type, Enter, next press on the page.
              if (event.key !== 'Enter') return
              event.currentTarget.blur()
              onOpened(false)
            }}
          />
          <ColorField
            color={color}
            onPreview={(next) => preview(recolourSwatch(palette, swatch.id, next, scene))}
            onCommit={(next) => commit(recolourSwatch(palette, swatch.id, next, scene))}
          />
          <div className={styles['actions']}>
            {scene !== null && swatch.scenes[scene] !== undefined && (
              <Button size="xs" leftSection={<IconArrowBackUp size={14} stroke={1.6} />} onClick={() => commit(forgetScene(palette, swatch.id, scene))}>
                {t('pages.palette.asUsual')}
              </Button>
            )}
            <Button
              size="xs"
              leftSection={<IconTrash size={14} stroke={1.6} />}
              onClick={() => {
                onOpened(false)
                commit(removeSwatch(palette, swatch.id))
              }}
            >
              {t('common.remove')}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
