import { Button, Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import type { Asset } from '../../../contract/assets.ts'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import type { Edit } from '../../../contract/edit.ts'
import { lengthOf, movePart, partStarts, removePart, type EditEdit } from '../../../core/film/edit.ts'
import { labelOf } from '../../../core/film/labels.ts'
import { useTexts } from '../../i18n/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { standAt } from '../state.ts'
import styles from './PartList.module.css'
import { useEditView } from './state.ts'

interface PartListProps {
  readonly edit: Edit
  readonly truth: ClipTruth | null
  readonly clips: readonly Asset[]
  readonly current: number
  commit(change: EditEdit | null): void
  onAdd(clip: Asset): void
}

/** The parts as a list: where each lies, and all that can be done with it without a pointer. */
export function PartList({ edit, truth, clips, current, commit, onAdd }: PartListProps) {
  const { t, format } = useTexts()
  const starts = partStarts(edit.parts)
  return (
    <div className={styles['panel']}>
      <AddClip clips={clips} onAdd={onAdd} />
      <ol className={styles['list']} aria-label={t('film.edit.parts')}>
        {edit.parts.map((part, at) => {
          const clip = clips.find(({ id }) => id === part.asset)
          const name = clip?.name ?? t('film.edit.gone')
          const start = starts[at] as number
          return (
            <li key={part.id} aria-current={at === current} data-gone={!clip || clip.missing || undefined}>
              <button
                type="button"
                className={styles['open']}
                title={name}
                onClick={() => {
                  useEditView.setState({ chosen: part.id })
                  standAt(start)
                }}
              >
                <b>{at + 1}</b> <span>{name}</span>
                <small>
                  {truth ? labelOf(truth, start) : ''} · {t('film.export.range', { from: format.number(part.from), to: format.number(part.to - 1) })} · {t('film.shots.f', { count: format.number(lengthOf(part)) })}
                </small>
              </button>
              <IconButton size="small" label={t('commands.film.partEarlier')} icon={IconArrowUp} disabled={at === 0} onClick={() => commit(movePart(edit, at, at - 1))} />
              <IconButton size="small" label={t('commands.film.partLater')} icon={IconArrowDown} disabled={at === edit.parts.length - 1} onClick={() => commit(movePart(edit, at, at + 1))} />
              <IconButton size="small" label={t('commands.film.removePart')} icon={IconX} onClick={() => commit(removePart(edit, at))} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}

/** Any clip of the project, whole, to the end of the edit. */
export function AddClip({ clips, onAdd }: { readonly clips: readonly Asset[]; onAdd(clip: Asset): void }) {
  const { t } = useTexts()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} stroke={1.8} />}>
          {t('film.edit.addClip')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles['clips']}>
        {clips.map((clip) => (
          <Menu.Item key={clip.id} onClick={() => onAdd(clip)}>
            {clip.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
