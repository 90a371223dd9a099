import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './PalettePanel.module.css'

/** Asks for one name. */
export function NameDialog({ opened, title, label, onClose, onName }: { readonly opened: boolean; readonly title: string; readonly label: string; onClose(): void; onName(name: string): void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      {opened && <NameForm label={label} onClose={onClose} onName={onName} />}
    </Dialog>
  )
}

function NameForm({ label, onClose, onName }: { readonly label: string; onClose(): void; onName(name: string): void }) {
  const { t } = useTexts()
  const [name, setName] = useState('')
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        onName(name.trim())
        onClose()
      }}
    >
      <TextInput data-autofocus label={label} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <div className={styles['actions']}>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="filled" type="submit" disabled={name.trim() === ''}>
          {t('common.create')}
        </Button>
      </div>
    </form>
  )
}
