import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { create } from 'zustand'
import type { Asset } from '../../contract/assets.ts'
import type { ErrorData } from '../../contract/errors.ts'
import type { DroppedFile, Granted, PickKind } from '../../contract/host.ts'
import { useClient, useHost } from '../client/context.tsx'
import { queries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import { go, type Room } from './view.ts'

/** progress: null while nothing is being added, else 0…1 of what has to travel. */
export const useAdding = create<{ readonly progress: number | null }>(() => ({ progress: null }))

/** What a picture becomes; the room in which it is added says so. */
export type AddedKind = Asset['kind']
export const roomOf = { photo: 'photos', page: 'pages', clip: 'film' } as const satisfies Record<AddedKind, Room>

export interface AddFiles {
  /** Asks for files and adds them. */
  choose(kind: AddedKind): Promise<void>
  /** Asks for a folder; absent where the host cannot. */
  readonly chooseFolder: ((kind: AddedKind) => Promise<void>) | null
  /** Adds what was dropped on the window. */
  dropped(files: readonly DroppedFile[], kind: AddedKind): Promise<void>
  /** Adds what the host has granted already; a project folder is opened instead. */
  granted(granted: readonly Granted[]): Promise<void>
  /** Adds the studio's own sample photos and opens the one of this name. */
  samples(name: string): Promise<void>
}

/** What the file dialog offers for each. */
const pickedAs = { photo: 'pictures', page: 'pages', clip: 'films' } as const satisfies Record<AddedKind, PickKind>
const isChapter = ({ name }: Granted) => /\.cbz$/i.test(name)
const isProjectFolder = ({ isFolder, name }: Granted) => isFolder && name.endsWith('.hourglass')

/** The ways in which files come into the project. Without a project a new one opens first. */
export function useAddFiles(): AddFiles {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const { t, told } = useTexts()
  const tell = useTell()

  return useMemo(() => {
    const known = queries(client)
    const ensureProject = async () => {
      const current = await cache.ensureQueryData(known.project())
      if (current) return
      cache.setQueryData(known.project().queryKey, await client.projects.create({ name: t('app.project.newName') }))
    }
    const show = (added: readonly Asset[], kind: AddedKind) => {
      cache.setQueryData<Asset[]>(known.assets().queryKey, (list) => {
        const old = list ?? []
        return [...old, ...added.filter(({ id }) => !old.some((asset) => asset.id === id))]
      })
      // One photo is what the user came for: it opens at once. Of several, the grid shows all; of pages one is always open.
      const [only] = added
      go(roomOf[kind], only && (added.length === 1 || kind !== 'photo') ? [only.id] : [])
    }
    const tellRejected = (rejected: readonly { name: string; error: ErrorData }[]) => {
      const [first, ...others] = rejected
      if (!first) return
      const { message: happened, remedy } = told(first.error)
      const message = `${happened} ${remedy}`
      tell.note(t('app.added.some', { count: rejected.length }), others.length === 0 ? message : t('app.added.more', { message, count: others.length }))
    }
    const busy = async (work: () => Promise<void>) => {
      useAdding.setState({ progress: 0 })
      try {
        await work()
      } catch (error) {
        tell.error(error)
      } finally {
        useAdding.setState({ progress: null })
      }
    }
    const take = async (granted: readonly Granted[], wanted: AddedKind) => {
      const project = granted.find(isProjectFolder)
      if (project) {
        await client.projects.open({ grant: project.grant })
        go('photos')
        return
      }
      if (granted.length === 0) return
      // A chapter is one wherever it is dropped.
      const kind = granted.every(isChapter) ? 'page' : wanted
      await ensureProject()
      const { added, rejected } = await client.assets.add({ grants: granted.map(({ grant }) => grant), kind })
      tellRejected(rejected)
      if (added.length > 0) show(added, kind)
    }
    const pickFolder = host.pickFolder?.bind(host)
    return {
      choose: (kind) => busy(async () => take(await host.pickFiles(pickedAs[kind], { many: true }), kind)),
      chooseFolder: pickFolder
        ? (kind) =>
            busy(async () => {
              const folder = await pickFolder()
              if (folder) await take([folder], kind)
            })
        : null,
      dropped: (files, kind) => busy(async () => take(await host.takeDropped(files, (progress) => useAdding.setState({ progress })), kind)),
      granted: (granted) => busy(() => take(granted, 'photo')),
      samples: (name) =>
        busy(async () => {
          await ensureProject()
          const added = await client.assets.addSamples({ kind: 'photo' })
          show(added, 'photo')
          const wanted = added.find((asset) => asset.name.includes(name))
          if (wanted) go('photos', [wanted.id])
        }),
    }
  }, [client, host, cache, t, told, tell])
}
