import { TextInput, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { renameGroup } from '../../core/pages/palette-edits.ts'
import { useTexts } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import styles from './PalettePanel.module.css'
import type { PaletteEditing } from './usePalette.ts'

/** The name of a group of swatches; a press renames it, a swatch dropped on it goes to the group's end. */
export function GroupName({ group, count, editing, onAdd, onDrop }: { readonly group: string; readonly count: number; readonly editing: PaletteEditing; onAdd(): void; onDrop(): void }) {
  const { t, format } = useTexts()
  const [renaming, setRenaming] = useState(false)
  const name = group || t('pages.palette.noGroup')
  return (
    <div className={styles['groupName']}>
      {renaming ? (
        <TextInput
          autoFocus
          aria-label={t('pages.palette.groupName')}
          maxLength={100}
          defaultValue={group}
          onBlur={(event) => {
            setRenaming(false)
            const next = event.currentTarget.value.trim()
            if (next !== '' && next !== group) editing.commit(renameGroup(editing.palette, group, next))
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
            if (event.key === 'Escape') setRenaming(false)
          }}
        />
      ) : (
        <UnstyledButton className={styles['rename']} title={t('common.rename')} onClick={() => setRenaming(true)} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
          {name}
        </UnstyledButton>
      )}
      <span className={styles['quiet']}>{format.number(count)}</span>
      <IconButton size="small" label={t('pages.palette.addTo', { name })} icon={IconPlus} onClick={onAdd} />
    </div>
  )
}
