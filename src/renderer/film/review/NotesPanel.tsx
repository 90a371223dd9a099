import { Button, Checkbox, SegmentedControl, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import type { ClipNote } from '../../../contract/review.ts'
import { labelOf } from '../../../core/film/labels.ts'
import { addNote, changeNote, removeNote } from '../../../core/film/notes.ts'
import { useClient } from '../../client/context.tsx'
import { useSettings } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTell } from '../../ui/tell.ts'
import { standAt, useFilm } from '../state.ts'
import { CsvButtons } from './CsvButtons.tsx'
import styles from './Notes.module.css'
import { useReview } from './state.ts'
import type { ReviewEditing } from './useReviewEditing.ts'

interface NotesPanelProps {
  readonly asset: Asset
  readonly truth: ClipTruth
  readonly editing: ReviewEditing
}

/** What reviewers had to say, by frame; written here, ticked off here. */
export const NotesPanel = memo(function NotesPanel({ asset, truth, editing }: NotesPanelProps) {
  const { t } = useTexts()
  const [filter, setFilter] = useState<'open' | 'all'>('all')
  const { notes } = editing.review
  const shown = filter === 'all' ? notes : notes.filter(({ state }) => state === 'open')
  const open = notes.filter(({ state }) => state === 'open').length
  return (
    <div className={styles['notes']}>
      <NewNote truth={truth} editing={editing} />
      {notes.length > 0 && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('film.notes.filter')}
          value={filter}
          data={[
            { value: 'all', label: t('film.notes.all', { count: notes.length }) },
            { value: 'open', label: t('film.notes.openOnes', { count: open }) },
          ]}
          onChange={(value) => setFilter(value as 'open' | 'all')}
        />
      )}
      {shown.length === 0 && <p className={styles['quiet']}>{t(notes.length === 0 ? 'film.notes.none' : 'film.notes.allDone')}</p>}
      <ol className={styles['list']}>
        {shown.map((note) => (
          <Note key={note.id} note={note} truth={truth} editing={editing} />
        ))}
      </ol>
      <CsvButtons asset={asset.id} hasNotes={notes.length > 0} />
    </div>
  )
})

/** The frames that a new note is about: in to out where both are set and hold the playhead, else the frame under it. */
function useNoteSpan(truth: ClipTruth): { readonly from: number; readonly to: number } {
  const frame = useFilm((state) => state.frame)
  const { from, to } = useFilm((state) => state.range)
  const last = truth.pts.length - 1
  if (from !== null && to !== null && frame >= from && frame <= to) return { from, to: Math.min(to, last) + 1 }
  const at = Math.min(frame, last)
  return { from: at, to: at + 1 }
}

function NewNote({ truth, editing }: Pick<NotesPanelProps, 'truth' | 'editing'>) {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: settings } = useSettings()
  const [text, setText] = useState('')
  const span = useNoteSpan(truth)
  const author = settings?.author ?? ''
  // A name that was just typed counts at once, before the settings have heard of it.
  const name = useRef<HTMLInputElement | null>(null)
  const save = () => {
    if (text.trim() === '') return
    editing.commit(addNote(editing.review, { id: crypto.randomUUID(), ...span, text: text.trim(), author: name.current?.value.trim() ?? author, at: new Date().toISOString(), state: 'open' }))
    setText('')
  }
  const field = useRef<HTMLTextAreaElement | null>(null)
  // The tab may have been closed a moment ago: the field takes the focus when it appears.
  const isWanted = useReview((state) => state.writesNote)
  useEffect(() => {
    if (!isWanted) return
    field.current?.focus()
    useReview.setState({ writesNote: false })
  }, [isWanted])
  return (
    <form
      className={styles['new']}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Textarea
        label={t('film.notes.at', { where: spanLabel(truth, span) })}
        placeholder={t('film.notes.placeholder')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        value={text}
        ref={field}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          save()
          event.currentTarget.blur()
        }}
      />
      <div className={styles['row']}>
        <TextInput
          key={author}
          ref={name}
          aria-label={t('film.notes.author')}
          placeholder={t('film.notes.author')}
          defaultValue={author}
          maxLength={100}
          onBlur={(event) => event.currentTarget.value.trim() !== author && void client.settings.change({ author: event.currentTarget.value }).catch(tell.error)}
        />
        <Button variant="default" type="submit" disabled={text.trim() === ''}>
          {t('film.notes.add')}
        </Button>
      </div>
    </form>
  )
}

/** Timecode of a frame, or of the first and the last of a range. */
function spanLabel(truth: ClipTruth, { from, to }: { readonly from: number; readonly to: number }): string {
  return to - from === 1 ? labelOf(truth, from) : `${labelOf(truth, from)} – ${labelOf(truth, to - 1)}`
}

function Note({ note, truth, editing }: { readonly note: ClipNote; readonly truth: ClipTruth; readonly editing: ReviewEditing }) {
  const { t, format } = useTexts()
  const isHere = useFilm(({ frame }) => frame >= note.from && frame < note.to)
  const where = spanLabel(truth, note)
  const { review, commit } = editing
  return (
    <li className={styles['note']} data-state={note.state} aria-current={isHere || undefined}>
      <div className={styles['row']}>
        <Checkbox aria-label={t('film.notes.done')} checked={note.state === 'done'} onChange={(event) => commit(changeNote(review, note.id, { state: event.currentTarget.checked ? 'done' : 'open' }))} />
        <UnstyledButton className={styles['where']} onClick={() => standAt(note.from)}>
          {where}
        </UnstyledButton>
        <IconButton size="small" label={t('film.notes.remove')} icon={IconTrash} onClick={() => commit(removeNote(review, note.id))} />
      </div>
      <Textarea
        key={note.text}
        aria-label={t('film.notes.textAt', { where })}
        variant="unstyled"
        autosize
        maxLength={4000}
        defaultValue={note.text}
        onBlur={(event) => {
          const text = event.currentTarget.value.trim()
          if (text === '') event.currentTarget.value = note.text
          else commit(changeNote(review, note.id, { text }))
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.value = note.text
          if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing)) event.currentTarget.blur()
        }}
      />
      <p className={styles['quiet']}>{[note.author, format.dateTime(note.at)].filter(Boolean).join(' · ')}</p>
    </li>
  )
}
