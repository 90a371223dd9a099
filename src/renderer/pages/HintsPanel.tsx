import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { IconEye, IconEyeOff, IconSchool, IconSparkles, IconTrash } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Hint } from '../../contract/hints.ts'
import type { Palette } from '../../contract/pages.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { colourHints, swatchTitle } from '../../core/pages/palette.ts'
import { useCommandButton } from '../app/commands.ts'
import { useTexts } from '../i18n/index.ts'
import { useMarking } from '../stage/tools/marking.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Section } from '../ui/Section.tsx'
import { rows } from '../ui/theme/tokens.ts'
import type { PageBoard } from './board.ts'
import { marksOf } from './editing.ts'
import styles from './HintsPanel.module.css'

interface HintsPanelProps {
  readonly board: PageBoard
  readonly recipe: Recipe
  readonly palette: Palette
  readonly scene: string | null
  readonly suggest: { readonly isBusy: boolean; run(): void }
  /** There are other pages to be taught. */
  readonly canTeach: boolean
}

/** Every hint of the page as a list: only rows near the window are drawn, arrows walk through all. */
export function HintsPanel({ board, recipe, palette, scene, suggest, canTeach }: HintsPanelProps) {
  const { t } = useTexts()
  const selected = useMarking((state) => state.selected)
  const teach = useCommandButton('page.teach')
  const [renaming, setRenaming] = useState<number | null>(null)
  const list = useRef<HTMLDivElement | null>(null)
  const hints = colourHints(marksOf(recipe).hints, palette, scene)
  const virtual = useVirtualizer({ count: hints.length, getScrollElement: () => list.current, estimateSize: () => rows.list, overscan: 6, initialRect: { width: 0, height: 8 * rows.list } })
  useEffect(() => {
    if (selected !== null && selected < hints.length) virtual.scrollToIndex(selected)
  }, [selected, hints.length, virtual])

  const nameOf = (hint: Hint): string => {
    const swatch = palette.swatches.find(({ id }) => id === hint.swatch)
    if (hint.name) return hint.name
    if (hint.empty) return t('pages.color.paper')
    return swatch ? swatchTitle(swatch) : hint.color
  }
  const remove = (at: number) => {
    board.select(null)
    board.commit([{ list: 'hints', op: 'remove', at }], { key: 'history.hint.erase', values: { count: 1 } })
  }
  const toggle = (at: number, hidden: boolean) => board.change(at, { hidden: hidden || undefined }, { key: hidden ? 'history.hint.hide' : 'history.hint.show' })
  const onKeyDown = (event: KeyboardEvent) => {
    if (renaming !== null) return
    const at = selected ?? -1
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: hints.length - 1 }
    const next = to[event.key]
    if (next !== undefined) board.select(Math.min(hints.length - 1, next))
    else if ((event.key === 'Delete' || event.key === 'Backspace') && selected !== null) remove(selected)
    else if ((event.key === 'F2' || event.key === 'Enter') && selected !== null) setRenaming(selected)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <Section title={t('pages.hints')} count={hints.length} defaultOpen>
      <div className={styles['actions']}>
        <Button size="xs" leftSection={<IconSparkles size={14} stroke={1.6} />} loading={suggest.isBusy} title={t('pages.suggest.help')} onClick={suggest.run}>
          {t('pages.suggest')}
        </Button>
        {canTeach && (
          <Button size="xs" leftSection={<IconSchool size={14} stroke={1.6} />} disabled={hints.length === 0} title={teach.shortcut ? `${t('pages.teach.help')} (${teach.shortcut})` : t('pages.teach.help')} onClick={teach.run}>
            {t('pages.teach')}
          </Button>
        )}
      </div>
      {hints.length === 0 ? (
        <p className={styles['quiet']}>{t('pages.hints.empty')}</p>
      ) : (
        <div
          ref={list}
          className={styles['list']}
          role="grid"
          aria-label={t('pages.hints')}
          aria-rowcount={hints.length}
          aria-activedescendant={selected === null ? undefined : `hint-${selected}`}
          tabIndex={0}
          data-own-keys
          onKeyDown={onKeyDown}
        >
          <div className={styles['all']} style={{ height: virtual.getTotalSize() }} role="rowgroup">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const hint = hints[index]
              if (!hint) return null
              const name = nameOf(hint)
              return (
                <div
                  key={index}
                  id={`hint-${index}`}
                  className={styles['row']}
                  style={{ transform: `translateY(${start}px)` }}
                  data-hidden={hint.hidden || undefined}
                  role="row"
                  aria-rowindex={index + 1}
                  aria-selected={index === selected}
                >
                  {renaming === index ? (
                    <TextInput
                      autoFocus
                      className={styles['name']}
                      aria-label={t('pages.hints.name')}
                      maxLength={200}
                      defaultValue={hint.name ?? ''}
                      placeholder={name}
                      onBlur={(event) => {
                        setRenaming(null)
                        const next = event.currentTarget.value.trim()
                        if (next !== (hint.name ?? '')) board.change(index, { name: next || undefined }, { key: 'history.hint.rename', values: { name: next } })
                      }}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter') event.currentTarget.blur()
                        if (event.key === 'Escape') setRenaming(null)
                      }}
                    />
                  ) : (
                    <span className={styles['name']} role="gridcell">
                      <UnstyledButton
                        className={styles['name']}
                        tabIndex={-1}
                        aria-label={t('pages.hints.row', { name, kind: t(`pages.hints.${hint.kind}`) })}
                        onClick={() => board.select(index === selected ? null : index)}
                        onDoubleClick={() => setRenaming(index)}
                      >
                      <span className={styles['chip']} data-kind={hint.kind} data-empty={hint.empty || undefined} style={hint.empty ? undefined : { background: hint.color }} />
                      <span className={styles['text']}>{name}</span>
                      </UnstyledButton>
                    </span>
                  )}
                  <span className={styles['buttons']} role="gridcell">
                    <IconButton size="small" label={t('pages.hints.remove', { name })} icon={IconTrash} onClick={() => remove(index)} />
                    <IconButton size="small" label={t(hint.hidden ? 'pages.hints.show' : 'pages.hints.hide', { name })} icon={hint.hidden ? IconEyeOff : IconEye} onClick={() => toggle(index, !hint.hidden)} />
                  </span>
                </div>
              )
            })}
          </div>
        </div>
      )}
    </Section>
  )
}
