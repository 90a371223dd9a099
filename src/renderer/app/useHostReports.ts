import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { MenuCommand } from '../../contract/host.ts'
import { commands, findCommand } from '../../core/commands/index.ts'
import { useHost } from '../client/context.tsx'
import { useProject, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { canRun, runCommand, useCommands, useShortcuts } from './commands.ts'
import { progressOf } from './queueProgress.ts'

/** Tells the host the title, the progress for dock or taskbar, and that a batch has ended while nobody looked. */
function useProgressReport(): void {
  const host = useHost()
  const { t } = useTexts()
  const { data } = useQuery(useStudioQueries().jobs())
  const progress = data ? progressOf(data.jobs, data.summary) : null
  const share = progress ? Math.round(progress.share * 100) / 100 : null
  useEffect(() => host.setProgress?.(share), [host, share])

  const running = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (!data) return
    const open = new Set(data.jobs.filter(({ state }) => state === 'waiting' || state === 'running').map(({ batch }) => batch))
    const halted = new Set(data.jobs.filter(({ state }) => state === 'paused').map(({ batch }) => batch))
    for (const batch of running.current) {
      if (open.has(batch) || halted.has(batch)) continue
      const jobs = data.jobs.filter((job) => job.batch === batch)
      const done = jobs.filter(({ state }) => state === 'done').length
      const failed = jobs.filter(({ state }) => state === 'failed').length
      if (done + failed === 0 || !document.hidden && document.hasFocus()) continue
      void host.notify?.(t('app.queue.title', { count: done }), failed > 0 ? t('app.queue.failed', { count: failed }) : t('app.queue.allWell'))
    }
    running.current = open
  }, [data, host, t])
}

function useTitleReport(): void {
  const host = useHost()
  const { t } = useTexts()
  const { data: project } = useProject()
  const title = project ? `${project.name} · ${t('app.name')}` : t('app.name')
  useEffect(() => host.setTitle(title), [host, title])
}

/** Gives a native menu the same list of commands that palette and keyboard have, and runs what is chosen there. */
function useMenuReport(): void {
  const host = useHost()
  const { t } = useTexts()
  const state = useCommands()
  const shortcuts = useShortcuts()
  const menu = useMemo(
    () =>
      commands.map<MenuCommand>(({ id, menu: place }) => ({
        id,
        menu: place ?? 'view',
        menuText: t(`app.menu.${place ?? 'view'}`),
        text: t(`commands.${id}`),
        shortcut: shortcuts.get(id) ?? null,
        enabled: canRun(id, state),
      })),
    [t, state, shortcuts],
  )
  const key = JSON.stringify(menu)
  useEffect(() => host.setMenu?.(JSON.parse(key) as MenuCommand[]), [host, key])
  useEffect(
    () =>
      host.onCommand?.((id) => {
        const command = findCommand(id)
        if (command) runCommand(command.id as (typeof commands)[number]['id'])
      }),
    [host],
  )
}

/** What the page tells its host without being asked. */
export function useHostReports(): void {
  useTitleReport()
  useProgressReport()
  useMenuReport()
}
