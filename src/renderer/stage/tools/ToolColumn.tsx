import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/index.ts'
import styles from './ToolButtons.module.css'

/** The column beside the stage. */
export function ToolColumn({ children }: { readonly children: ReactNode }) {
  const { t } = useTexts()
  return (
    <div className={styles['column']} role="toolbar" aria-orientation="vertical" aria-label={t('pages.tools')}>
      {children}
    </div>
  )
}
