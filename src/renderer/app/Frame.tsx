import { VisuallyHidden } from '@mantine/core'
import { lazy, Suspense, type CSSProperties } from 'react'
import { useAssets, useProject } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useCommandContext } from './commands.ts'
import { Crash } from './Crash.tsx'
import { Dialogs } from './Dialogs.tsx'
import { useDownloads } from './downloads.ts'
import { DropOverlay } from './DropOverlay.tsx'
import { FirstRun } from './FirstRun.tsx'
import classes from './Frame.module.css'
import { InspectorEdge } from './InspectorEdge.tsx'
import { Offline } from './Offline.tsx'
import { ProjectHistory } from './ProjectHistory.tsx'
import { Rail } from './Rail.tsx'
import { placeOf, useIsFilled } from './slots.tsx'
import { StatusLine } from './StatusLine.tsx'
import { TopBar } from './TopBar.tsx'
import { useAppCommands } from './useAppCommands.ts'
import { useFollowing } from './useFollowing.ts'
import { useHostReports } from './useHostReports.ts'
import { useKeyboard } from './useKeyboard.ts'
import { useView, useRoute, type Room } from './view.ts'

const PhotosRoom = lazy(async () => ({ default: (await import('../photos/PhotosRoom.tsx')).PhotosRoom }))
const PagesRoom = lazy(async () => ({ default: (await import('../pages/PagesRoom.tsx')).PagesRoom }))
const FilmRoom = lazy(async () => ({ default: (await import('../film/FilmRoom.tsx')).FilmRoom }))
const QueueRoom = lazy(async () => ({ default: (await import('../queue/QueueRoom.tsx')).QueueRoom }))
const ModelsRoom = lazy(async () => ({ default: (await import('../models/ModelsRoom.tsx')).ModelsRoom }))
const SettingsRoom = lazy(async () => ({ default: (await import('../settings/SettingsRoom.tsx')).SettingsRoom }))

/** Nothing open or nothing in it: the first screen; else the photos. */
function Photos() {
  const { t } = useTexts()
  const { data: project, isPending } = useProject()
  const { data: assets } = useAssets()
  if (isPending || (project && !assets)) return null
  if (!project || !assets?.some(({ kind }) => kind === 'photo')) return <FirstRun />
  return (
    <>
      <VisuallyHidden component="h1">{t('room.photos')}</VisuallyHidden>
      <PhotosRoom />
    </>
  )
}

/** Pages need a project as photos do; without one there are none yet. */
function Pages() {
  const { data: project, isPending } = useProject()
  return isPending ? null : <PagesRoom hasProject={Boolean(project)} />
}

/** Clips need a project too. */
function Film() {
  const { data: project, isPending } = useProject()
  return isPending ? null : <FilmRoom hasProject={Boolean(project)} />
}

function RoomOf({ room }: { readonly room: Room }) {
  switch (room) {
    case 'photos':
      return <Photos />
    case 'pages':
      return <Pages />
    case 'film':
      return <Film />
    case 'queue':
      return <QueueRoom />
    case 'models':
      return <ModelsRoom />
    case 'settings':
      return <SettingsRoom />
  }
}

/** The parts that stay: rail, top bar, inspector, strip, status line. Rooms fill the rest and the slots. */
export function Frame() {
  const { t } = useTexts()
  const { room } = useRoute()
  const { panelsFolded, fullScreen, inspectorWidth } = useView()
  const hasInspector = useIsFilled('inspector')
  const hasStrip = useIsFilled('strip')
  const hasTools = useIsFilled('tools')
  const folded = panelsFolded || fullScreen
  useFollowing()
  useKeyboard()
  useHostReports()
  useDownloads()
  useAppCommands()
  useCommandContext({ room })

  return (
    <div className={classes['frame']} data-full={fullScreen || undefined} style={{ '--inspector-width': `${inspectorWidth}px` } as CSSProperties}>
      <ProjectHistory />
      <TopBar hidden={fullScreen} />
      <Rail room={room} hidden={fullScreen} />
      <div ref={placeOf('tools')} className={classes['tools']} hidden={!hasTools || fullScreen} />
      <main className={classes['main']} tabIndex={-1}>
        <Offline />
        <Crash key={room}>
          <Suspense fallback={null}>
            <RoomOf room={room} />
          </Suspense>
        </Crash>
      </main>
      <aside className={classes['inspector']} aria-label={t('app.inspector')} hidden={!hasInspector || folded}>
        <InspectorEdge />
        <div ref={placeOf('inspector')} className={classes['inspectorBody']} />
      </aside>
      <section ref={placeOf('strip')} className={classes['strip']} aria-label={t('app.strip')} hidden={!hasStrip || folded} />
      <StatusLine hidden={fullScreen} />
      <DropOverlay />
      <Dialogs />
    </div>
  )
}
