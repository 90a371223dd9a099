import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { create } from 'zustand'
import type { Asset, ChosenLayers } from '../../contract/assets.ts'
import type { ErrorData } from '../../contract/errors.ts'
import type { DroppedFile, Granted, PickKind } from '../../contract/host.ts'
import { isDocument } from '../../core/pages/files/entries.ts'
import { useClient, useHost, type StudioClient } from '../client/context.tsx'
import { keep } from '../client/freshness.ts'
import { queries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import { go, type Room } from './view.ts'

/** A layered file whose layers are to be chosen. */
interface LayerQuestion {
  readonly name: string
  readonly layers: Awaited<ReturnType<StudioClient['assets']['layers']>>['layers']
  /** Taken as lines unless others are chosen. */
  readonly lines: readonly number[]
  /** null: nothing is to be added. */
  answer(chosen: Omit<ChosenLayers, 'grant'> | null): void
}

/** progress: null while nothing is being added, else 0…1 of what has to travel. */
export const useAdding = create<{ readonly progress: number | null; readonly question: LayerQuestion | null }>(() => ({ progress: null, question: null }))

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
export const pickedAs = { photo: 'pictures', page: 'pages', clip: 'films' } as const satisfies Record<AddedKind, PickKind>
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
      keep<Asset[]>(cache, known.assets().queryKey, (list) => {
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
    /** Of a single layered file its layers are asked for; of many each is told apart by the names of its layers. null: nothing is to be added. */
    const chooseLayers = async ([only, ...others]: readonly Granted[]): Promise<ChosenLayers[] | null> => {
      if (!only || others.length > 0 || only.isFolder || !isDocument(only.name)) return []
      const { layers, lines } = await client.assets.layers({ grant: only.grant })
      if (layers.length < 2) return []
      const chosen = await new Promise<Omit<ChosenLayers, 'grant'> | null>((answer) => useAdding.setState({ question: { name: only.name, layers, lines, answer } }))
      useAdding.setState({ question: null })
      return chosen && [{ grant: only.grant, ...chosen }]
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
      const layers = kind === 'page' ? await chooseLayers(granted) : []
      if (layers === null) return
      await ensureProject()
      const { added, rejected } = await client.assets.add({ grants: granted.map(({ grant }) => grant), kind, layers })
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
