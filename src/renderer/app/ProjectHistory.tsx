import { useQuery } from '@tanstack/react-query'
import { useClient } from '../client/context.tsx'
import { useProject, useStudioQueries } from '../client/queries.ts'
import { useTell } from '../ui/tell.ts'
import { useCommand, useCommandContext } from './commands.ts'

/** Undo and redo of the project itself (marks, removals, pastes). A room with a history of its own binds over it. */
export function ProjectHistory() {
  const client = useClient()
  const tell = useTell()
  const { data: project } = useProject()
  const { data: gestures } = useQuery({ ...useStudioQueries().history(null), enabled: Boolean(project) })
  useCommandContext({
    hasProject: Boolean(project),
    canUndo: gestures?.some(({ done }) => done) ?? false,
    canRedo: gestures?.some(({ done }) => !done) ?? false,
  })
  useCommand('edit.undo', () => void client.history.undo({ version: null }).catch(tell.error))
  useCommand('edit.redo', () => void client.history.redo({ version: null }).catch(tell.error))
  return null
}
