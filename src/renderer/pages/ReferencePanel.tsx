import { Button } from '@mantine/core'
import { IconPalette, IconPhoto, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState, type KeyboardEvent, type WheelEvent } from 'react'
import { useClient, useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Section } from '../ui/Section.tsx'
import { useTell } from '../ui/tell.ts'
import type { PageBoard } from './board.ts'
import styles from './ReferencePanel.module.css'
import { usePages, type ColorReference } from './state.ts'
import { samplerOf } from './useSampler.ts'

/** A picture beside the page whose colours are taken up by a press: a model sheet, a painted cover. */
export function ReferencePanel({ board }: { readonly board: PageBoard }) {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t } = useTexts()
  const reference = usePages((state) => state.reference)
  const open = useMutation({
    mutationFn: async () => {
      const [granted] = await host.pickFiles('pictures')
      return granted ? { granted, ...(await client.pages.reference({ grant: granted.grant })) } : null
    },
    onSuccess: (next) => next && usePages.setState({ reference: next }),
    onError: tell.error,
  })
  return (
    <Section title={t('pages.reference')} {...(reference ? { summary: reference.name } : {})} defaultOpen={reference !== null}>
      <div className={styles['actions']}>
        <Button size="xs" leftSection={<IconPhoto size={14} stroke={1.6} />} loading={open.isPending} title={t('pages.reference.help')} onClick={() => open.mutate()}>
          {t(reference ? 'pages.reference.other' : 'pages.reference.open')}
        </Button>
        {reference && (
          <>
            <Button size="xs" leftSection={<IconPalette size={14} stroke={1.6} />} onClick={() => usePages.setState({ importing: reference.granted })}>
              {t('pages.reference.palette')}
            </Button>
            <IconButton size="small" label={t('pages.reference.close', { name: reference.name })} icon={IconX} onClick={() => usePages.setState({ reference: null })} />
          </>
        )}
      </div>
      {reference && <Picture key={reference.key} reference={reference} onTake={(color) => board.recolour({ color, swatch: null, empty: false })} />}
    </Section>
  )
}

const most = 16
const middle = { x: 0.5, y: 0.5 }
const within = (value: number) => Math.min(1, Math.max(0, value))

function Picture({ reference, onTake }: { readonly reference: ColorReference; onTake(color: string): void }) {
  const host = useHost()
  const { t } = useTexts()
  const image = useRef<HTMLImageElement | null>(null)
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const [color, setColor] = useState<string | null>(null)
  const [view, setView] = useState({ zoom: 1, ...middle })
  const sample = useMemo(() => {
    let read: ReturnType<typeof samplerOf> | null = null
    return (x: number, y: number) => {
      if (!image.current) return null
      read ??= samplerOf(image.current)
      return read(x, y)
    }
  }, [])
  const placeOf = (event: { clientX: number; clientY: number }) => {
    const box = image.current?.getBoundingClientRect()
    return box && box.width > 0 ? { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) } : middle
  }
  const look = (place: { readonly x: number; readonly y: number }) => {
    setAt(place)
    setColor(sample(place.x, place.y))
  }
  const take = (place: { readonly x: number; readonly y: number }) => {
    look(place)
    const found = sample(place.x, place.y)
    if (found !== null) onTake(found)
  }
  const onWheel = (event: WheelEvent) => {
    const zoom = Math.min(most, Math.max(1, view.zoom * (event.deltaY < 0 ? 1.25 : 0.8)))
    setView(zoom === 1 ? { zoom, ...middle } : { zoom, ...(view.zoom === 1 ? placeOf(event) : { x: view.x, y: view.y }) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = (event.shiftKey ? 0.05 : 0.01) / view.zoom
    const now = at ?? middle
    const moves: Record<string, readonly [number, number]> = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }
    const move = moves[event.key]
    if (move) look({ x: within(now.x + move[0]), y: within(now.y + move[1]) })
    else if (event.key === 'Enter' || event.key === ' ') take(now)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <button
        type="button"
        className={styles['picture']}
        aria-label={t('pages.reference.take', { name: reference.name })}
        data-own-keys
        onPointerMove={(event) => look(placeOf(event))}
        onClick={(event) => event.detail > 0 && take(placeOf(event))}
        onKeyDown={onKeyDown}
        onWheel={onWheel}
      >
        <img ref={image} src={host.pictureUrl(reference.key)} alt="" draggable={false} style={{ transform: `scale(${view.zoom})`, transformOrigin: `${100 * view.x}% ${100 * view.y}%` }} />
      </button>
      <p className={styles['seen']} aria-live="polite">
        <span className={styles['chip']} style={color === null ? undefined : { background: color }} />
        {color ?? t('pages.reference.press')}
      </p>
    </>
  )
}
