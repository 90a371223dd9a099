import { useQuery } from '@tanstack/react-query'
import { useClient } from '../client/context.tsx'
import { useAssets, useStudioQueries } from '../client/queries.ts'
import { useTell } from '../ui/tell.ts'
import { useAddFiles } from './adding.ts'
import { useCommand, useCommandContext } from './commands.ts'
import { openPalette } from './palette.ts'
import { go, useView } from './view.ts'

async function toggleFullScreen(): Promise<void> {
  const full = !useView.getState().fullScreen
  useView.setState({ fullScreen: full })
  // A page that may not fill the screen still fills the window.
  if (full) await document.documentElement.requestFullscreen?.().catch(() => undefined)
  else if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined)
}

/** The commands that belong to no room. */
export function useAppCommands(): void {
  const client = useClient()
  const tell = useTell()
  const adding = useAddFiles()
  const queries = useStudioQueries()
  const { data: assets } = useAssets()
  const { data: queue } = useQuery(queries.jobs())
  const summary = queue?.summary
  useCommandContext({
    assets: assets?.length ?? 0,
    todo: assets?.filter(({ state }) => state === 'todo' || state === 'failed').length ?? 0,
    unfinishedJobs: summary ? summary.running + summary.waiting : 0,
    queuePaused: summary?.isPaused ?? false,
  })
  const done = (call: Promise<unknown>) => void call.catch(tell.error)

  useCommand('project.new', () => useView.setState({ dialog: 'new' }))
  useCommand('project.open', () => useView.setState({ dialog: 'open' }))
  useCommand('project.rename', () => useView.setState({ dialog: 'rename' }))
  useCommand('project.close', () => done(client.projects.close().then(() => go('photos'))))
  useCommand('photos.add', () => void adding.choose('photo'))
  useCommand('photos.addFolder', () => void (adding.chooseFolder ?? adding.choose)('photo'))
  useCommand('pages.add', () => void adding.choose('page'))
  useCommand('pages.addFolder', () => void (adding.chooseFolder ?? adding.choose)('page'))
  useCommand('film.add', () => void adding.choose('clip'))
  useCommand('view.palette', openPalette)
  useCommand('help.shortcuts', () => useView.setState({ dialog: 'shortcuts' }))
  useCommand('room.photos', () => go('photos'))
  useCommand('room.pages', () => go('pages'))
  useCommand('room.film', () => go('film'))
  useCommand('room.queue', () => go('queue'))
  useCommand('room.models', () => go('models'))
  useCommand('room.settings', () => go('settings'))
  useCommand('view.panels', () => useView.setState(({ panelsFolded }) => ({ panelsFolded: !panelsFolded })))
  useCommand('view.fullScreen', () => void toggleFullScreen())
  useCommand('queue.pause', () => done(client.jobs.pause({ all: true })))
  useCommand('queue.resume', () => done(client.jobs.resume({ all: true })))
}
