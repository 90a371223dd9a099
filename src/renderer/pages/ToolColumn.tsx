import type { ReactNode } from 'react'
import { useCommandButton } from '../app/commands.ts'
import { useTexts } from '../i18n/index.ts'
import { toolIds, tools, type ToolId } from '../stage/tools/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { usePages } from './state.ts'
import styles from './ToolColumn.module.css'

/** Behind these a thin line: what paints, and what changes regions. */
const endsGroup: readonly ToolId[] = ['eyedropper']

function ToolButton({ tool }: { readonly tool: ToolId }) {
  const { t } = useTexts()
  const chosen = usePages((state) => state.tool === tool)
  const { command, icon } = tools[tool]
  const { shortcut, run } = useCommandButton(command)
  return <IconButton size="tool" label={t(`tools.${tool}`)} icon={icon} shortcut={shortcut} pressed={chosen} onClick={run} />
}

/** The column in which tools stand. */
export function ToolButtons({ children }: { readonly children: ReactNode }) {
  const { t } = useTexts()
  return (
    <div className={styles['column']} role="toolbar" aria-orientation="vertical" aria-label={t('pages.tools')}>
      {children}
    </div>
  )
}

/** What the pointer does on the page. */
export function ToolColumn() {
  return (
    <ToolButtons>
      {toolIds.map((tool) => (
        <span key={tool} className={styles['place']} data-end={endsGroup.includes(tool) || undefined}>
          <ToolButton tool={tool} />
        </span>
      ))}
    </ToolButtons>
  )
}
