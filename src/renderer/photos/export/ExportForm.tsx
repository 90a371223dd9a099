import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Granted } from '../../../contract/host.ts'
import { useHost } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import styles from './ExportDialog.module.css'

interface ExportFormProps {
  /** Files or pages that go. */
  readonly count: number
  readonly isReady: boolean
  readonly isBusy: boolean
  /** What the button says; by default how many are exported. */
  readonly goText?: string
  /** A folder was chosen, before anything starts. */
  onFolder?(folder: Granted): void
  /** The folder to write into; null: the files are downloaded. */
  onGo(target: Granted | null): void
  onCancel(): void
  readonly children: ReactNode
}

/** What every export asks: where to, and to go. */
export function ExportForm({ count, isReady, isBusy, goText, onFolder, onGo, onCancel, children }: ExportFormProps) {
  const host = useHost()
  const { t } = useTexts()
  const [folder, setFolder] = useState<Granted | null>(null)
  const choose = async () => {
    const chosen = await host.pickTargetFolder?.()
    if (!chosen) return
    setFolder(chosen)
    onFolder?.(chosen)
  }
  const go = async () => {
    const target = folder ?? (host.pickTargetFolder ? await host.pickTargetFolder() : null)
    if (!host.pickTargetFolder || target) onGo(target)
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void go()
      }}
    >
      {children}
      {host.pickTargetFolder && (
        <div className={styles['row']}>
          <span>{folder ? t('photos.export.into', { folder: folder.name }) : t('photos.export.askFolder')}</span>
          <Button variant="default" onClick={() => void choose()}>
            {t('photos.export.chooseFolder')}
          </Button>
        </div>
      )}
      <p className={styles['quiet']}>{host.pickTargetFolder ? t('photos.export.safe') : t('photos.export.safeDownload')}</p>
      <div className={styles['actions']}>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button variant="filled" type="submit" loading={isBusy} disabled={!isReady}>
          {goText ?? t('photos.export.go', { count })}
        </Button>
      </div>
    </form>
  )
}
