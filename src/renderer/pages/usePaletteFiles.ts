import { useMutation } from '@tanstack/react-query'
import type { PaletteFormat } from '../../contract/pageFiles.ts'
import { useDropZone } from '../app/dropZone.ts'
import { useClient, useHost } from '../client/context.tsx'
import { writeWhereChosen } from '../client/targets.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import { usePages } from './state.ts'

/** Formats in which a palette leaves, those of other programs first. */
export const paletteFormats = ['gpl', 'ase', 'aco', 'json', 'hex'] as const satisfies readonly PaletteFormat[]

/** Palettes in and out of files: by the file dialog, and (in) by dropping one, or a picture, on the window. */
export function usePaletteFiles(scene: string | null): { choose(): void; save(format: PaletteFormat): void } {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t } = useTexts()
  const take = useMutation({
    mutationFn: (files: () => ReturnType<typeof host.pickFiles>) => files(),
    onSuccess: ([granted]) => granted && usePages.setState({ importing: granted }),
    onError: tell.error,
  })
  const write = useMutation({
    mutationFn: (format: PaletteFormat) => writeWhereChosen(host, (folder) => client.palette.write({ format, scene, folder })),
    onSuccess: (written) => written && tell.note(t('pages.palette.saved', { name: written.name })),
    onError: tell.error,
  })
  useDropZone(t('pages.palette.drop'), (files) => take.mutate(() => host.takeDropped(files.slice(0, 1))))
  return { choose: () => take.mutate(() => host.pickFiles('palettes')), save: (format) => write.mutate(format) }
}
