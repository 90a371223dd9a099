import { Menu, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { addScene, addSwatch, groupsOf, moveSwatch } from '../../core/pages/palette-edits.ts'
import { swatchColor } from '../../core/pages/palette.ts'
import { useTexts } from '../i18n/index.ts'
import { BrushColor } from '../stage/tools/BrushColor.tsx'
import { takePaint, useMarking } from '../stage/tools/marking.ts'
import { IconButton } from '../ui/IconButton.tsx'
import type { PageBoard } from './board.ts'
import { GroupName } from './GroupName.tsx'
import { NameDialog } from './NameDialog.tsx'
import { PaletteImport } from './PaletteImport.tsx'
import styles from './PalettePanel.module.css'
import { SwatchChip } from './SwatchChip.tsx'
import type { PaletteEditing } from './usePalette.ts'
import { paletteFormats, usePaletteFiles } from './usePaletteFiles.ts'

const usual = ''
const newScene = '+'

interface PalettePanelProps {
  readonly palette: PaletteEditing
  readonly board: PageBoard
  readonly scene: string | null
  onScene(scene: string | null): void
}

/** The project's swatches by character, the colour in the hand, and the scene whose colours this page takes. */
export function PalettePanel({ palette: editing, board, scene, onScene }: PalettePanelProps) {
  const { t } = useTexts()
  const { palette, commit } = editing
  const paint = useMarking((state) => state.paint)
  const [asking, setAsking] = useState<'scene' | 'group' | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const groups = groupsOf(palette)
  const files = usePaletteFiles(scene)

  const add = (group: string) => {
    const id = crypto.randomUUID()
    const count = palette.swatches.filter((swatch) => swatch.group === group).length
    commit(addSwatch(palette, { id, name: t('pages.palette.newSwatch', { number: count + 1 }), color: paint.color, group, scenes: {} }))
    // Not through the board, which hears of the new swatch with the next drawing.
    takePaint({ color: paint.color, swatch: id, empty: false })
    setOpened(id)
  }
  const drop = (before: string | null, group: string) => {
    if (dragged !== null && dragged !== before) commit(moveSwatch(palette, dragged, before, group))
    setDragged(null)
  }

  return (
    <section className={styles['palette']} aria-label={t('pages.palette')}>
      <div className={styles['head']}>
        <h3>{t('pages.palette')}</h3>
        <Select
          className={styles['scene']}
          aria-label={t('pages.palette.scene')}
          data={[{ value: usual, label: t('pages.palette.usual') }, ...palette.scenes.map(({ id, name }) => ({ value: id, label: name })), { value: newScene, label: t('pages.palette.newScene') }]}
          value={scene ?? usual}
          onChange={(value) => (value === newScene ? setAsking('scene') : onScene(value === usual ? null : value))}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton size="small" label={t('pages.palette.add')} icon={IconPlus} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => add(groups.at(-1)?.group ?? '')}>{t('pages.palette.addSwatch')}</Menu.Item>
            <Menu.Item onClick={() => setAsking('group')}>{t('pages.palette.addGroup')}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={files.choose}>{t('pages.palette.importFile')}</Menu.Item>
            <Menu.Divider />
            <Menu.Label>{t('pages.palette.export')}</Menu.Label>
            {paletteFormats.map((format) => (
              <Menu.Item key={format} disabled={palette.swatches.length === 0} onClick={() => files.save(format)}>
                {t(`pages.palette.formats.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <BrushColor board={board} />
      {groups.length === 0 && <p className={styles['quiet']}>{t('pages.palette.empty')}</p>}
      {groups.map(({ group, swatches }) => (
        <div key={group} className={styles['group']} role="group" aria-label={group || t('pages.palette.noGroup')}>
          <GroupName group={group} count={swatches.length} editing={editing} onAdd={() => add(group)} onDrop={() => drop(null, group)} />
          <div className={styles['swatches']}>
            {swatches.map((swatch) => (
              <SwatchChip
                key={swatch.id}
                swatch={swatch}
                number={palette.swatches.indexOf(swatch) + 1}
                scene={scene}
                editing={editing}
                chosen={paint.swatch === swatch.id}
                opened={opened === swatch.id}
                onOpened={(open) => setOpened(open ? swatch.id : null)}
                onChoose={() => board.recolour({ color: swatchColor(swatch, scene), swatch: swatch.id, empty: false })}
                onDragStart={() => setDragged(swatch.id)}
                onDropBefore={() => drop(swatch.id, group)}
              />
            ))}
          </div>
        </div>
      ))}
      <PaletteImport editing={editing} />
      <NameDialog
        opened={asking !== null}
        title={asking === 'scene' ? t('pages.palette.newScene') : t('pages.palette.addGroup')}
        label={asking === 'scene' ? t('pages.palette.sceneName') : t('pages.palette.groupName')}
        onClose={() => setAsking(null)}
        onName={(name) => {
          if (asking === 'group') add(name)
          else {
            const id = crypto.randomUUID()
            commit(addScene(palette, { id, name }))
            onScene(id)
          }
        }}
      />
    </section>
  )
}
