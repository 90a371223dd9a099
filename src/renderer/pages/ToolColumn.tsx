import { toolIds, type ToolId } from '../stage/tools/index.ts'
import { ToolButtons } from '../stage/tools/ToolButtons.tsx'
import { usePages } from './state.ts'

/** Behind these a thin line: what paints, and what changes regions. */
const ends: readonly ToolId[] = ['eyedropper']

/** What the pointer does on the page. */
export function ToolColumn() {
  const chosen = usePages((state) => state.tool)
  return <ToolButtons ids={toolIds} chosen={chosen} ends={ends} />
}
