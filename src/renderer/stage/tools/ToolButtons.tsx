import type { ReactNode } from 'react'
import { useCommandButton } from '../../app/commands.ts'
import { useTexts } from '../../i18n/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { tools, type ToolId } from './index.ts'
import styles from './ToolButtons.module.css'
import { ToolColumn } from './ToolColumn.tsx'

function ToolButton({ tool, chosen }: { readonly tool: ToolId; readonly chosen: boolean }) {
  const { t } = useTexts()
  const { command, icon } = tools[tool]
  const { shortcut, run } = useCommandButton(command)
  return <IconButton size="tool" label={t(`tools.${tool}`)} icon={icon} shortcut={shortcut} pressed={chosen} onClick={run} />
}

interface ToolButtonsProps {
  readonly ids: readonly ToolId[]
  readonly chosen: ToolId
  /** Behind these a thin line. */
  readonly ends?: readonly ToolId[]
  /** Buttons behind the tools. */
  readonly children?: ReactNode
}

/** The column of tools beside the stage. */
export function ToolButtons({ ids, chosen, ends = [], children }: ToolButtonsProps) {
  return (
    <ToolColumn>
      {ids.map((tool) => (
        <span key={tool} className={styles['place']} data-end={ends.includes(tool) || undefined}>
          <ToolButton tool={tool} chosen={tool === chosen} />
        </span>
      ))}
      {children}
    </ToolColumn>
  )
}
