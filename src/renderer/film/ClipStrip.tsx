import type { Asset } from '../../contract/assets.ts'
import { useQuery } from '@tanstack/react-query'
import { emptyEdit } from '../../contract/edit.ts'
import type { AssetId } from '../../contract/ids.ts'
import { go } from '../app/view.ts'
import { useHost } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { CaptionedStrip } from '../ui/CaptionedStrip.tsx'
import { editRoute } from './edit/state.ts'

/** The edit, and the clips of the project; one of them is open. */
export function ClipStrip({ clips, open }: { readonly clips: readonly Asset[]; readonly open: AssetId | typeof editRoute }) {
  const host = useHost()
  const { t } = useTexts()
  const { data: edit = emptyEdit } = useQuery(useStudioQueries().edit())
  const first = clips.find(({ id }) => id === edit.parts[0]?.asset)
  const src = first?.thumbnail ? host.pictureUrl(first.thumbnail) : null
  const editItem = { id: editRoute, name: t('film.edit'), src, ratio: first ? first.info.width / first.info.height : 4 / 3, caption: `${t('film.edit')} · ${t('film.edit.count', { count: edit.parts.length })}` } as const
  const items = clips.map(({ id, name, info, thumbnail }) => ({ id, name, src: thumbnail && host.pictureUrl(thumbnail), ratio: info.width / info.height, caption: name }))
  return <CaptionedStrip label={t('film.clips')} items={[editItem, ...items]} current={open} onOpen={(id) => go('film', [id])} />
}
