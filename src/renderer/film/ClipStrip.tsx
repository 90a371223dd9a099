import type { Asset } from '../../contract/assets.ts'
import { useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { CaptionedStrip } from '../ui/CaptionedStrip.tsx'
import { openClip } from './state.ts'

/** Clips of the project, one of them open. */
export function ClipStrip({ clips, open }: { readonly clips: readonly Asset[]; readonly open: Asset }) {
  const host = useHost()
  const { t } = useTexts()
  const items = clips.map(({ id, name, info, thumbnail }) => ({ id, name, src: thumbnail && host.pictureUrl(thumbnail), ratio: info.width / info.height, caption: name }))
  return <CaptionedStrip label={t('film.clips')} items={items} current={open.id} onOpen={openClip} />
}
