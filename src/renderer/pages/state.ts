import { create } from 'zustand'
import type { Granted } from '../../contract/host.ts'
import type { AssetId, PictureKey } from '../../contract/ids.ts'
import { go, useRoute } from '../app/view.ts'
import type { StageMode } from '../stage/Stage.tsx'
import type { ToolId } from '../stage/tools/index.ts'
import type { Paint } from '../stage/tools/tool.ts'
import { firstPaint } from '../ui/theme/tokens.ts'

/** A picture beside the page, to take colours from. */
export interface ColorReference {
  readonly granted: Granted
  readonly key: PictureKey
  readonly name: string
}

/** A place of the open page whose likely colours are shown beside it. */
interface AskedPlace {
  readonly x: number
  readonly y: number
  /** The hint that takes the colour, by its place in the list; null: a new one. */
  readonly hint: number | null
  /** Digits take these colours instead of swatches. */
  readonly hasKeys: boolean
}

/** A page whose hints others are taught by. */
interface Lesson {
  readonly from: AssetId
  /** Confidence from which proposals are accepted together, 0…1. */
  readonly least: number
  /** Proposals take the nearest swatch. */
  readonly toPalette: boolean
  /** Proposals that were turned down, as `rejectedKey` names them. */
  readonly rejected: ReadonlySet<string>
}

interface PagesState {
  readonly tool: ToolId
  readonly paint: Paint
  /** Of dots and strokes, fractions of the longer side. */
  readonly radius: number
  /** Plain colours taken up in this window, newest first. */
  readonly recent: readonly string[]
  /** Place of the chosen hint in the open page's list. */
  readonly selected: number | null
  readonly compare: StageMode
  readonly split: number
  readonly holding: boolean
  /** A palette file or a picture whose colours may come into the palette. */
  readonly importing: Granted | null
  readonly reference: ColorReference | null
  readonly asked: AskedPlace | null
  readonly lesson: Lesson | null
  /** The chapter is shown as a contact sheet. */
  readonly sheet: boolean
  /** A place of the open page that the eye was led to last, with what tells one call from the next. */
  readonly lookAt: { readonly x: number; readonly y: number; readonly time: number } | null
}

const standardPaint: Paint = { color: firstPaint, swatch: null, empty: false }
export const radii = { least: 0.001, standard: 0.006, most: 0.1 } as const
const recentKept = 12

/** View state of the Pages room. What is true of pages and palette lives in the studio. */
export const usePages = create<PagesState>(() => ({
  tool: 'hint',
  paint: standardPaint,
  radius: radii.standard,
  recent: [],
  selected: null,
  compare: 'side',
  split: 0.5,
  holding: false,
  importing: null,
  reference: null,
  asked: null,
  lesson: null,
  sheet: false,
  lookAt: null,
}))

/** Takes up a colour; plain ones are remembered. */
export function takePaint(paint: Paint): void {
  const { recent } = usePages.getState()
  const kept = paint.swatch !== null || paint.empty ? recent : [paint.color, ...recent.filter((color) => color !== paint.color)].slice(0, recentKept)
  usePages.setState({ paint, recent: kept })
}

export function changeRadius(factor: number): void {
  const { radius } = usePages.getState()
  usePages.setState({ radius: Math.min(radii.most, Math.max(radii.least, radius * factor)) })
}

export const openPage = (id: AssetId): void => go('pages', [id])

/** The page that the address names. */
export function useOpenPage(): AssetId | null {
  const { room, rest } = useRoute()
  return room === 'pages' ? ((rest[0] as AssetId | undefined) ?? null) : null
}

/** How sure a proposal has to be, unless the user says otherwise. */
export const usualLeast = 0.4

/** A lesson that a page gives from now on. */
export const lessonFrom = (from: AssetId): Lesson => ({ from, least: usualLeast, toPalette: false, rejected: new Set() })

/** Names a proposal of a page. */
export const rejectedKey = (page: AssetId, { x, y }: { readonly x: number; readonly y: number }): string => `${page} ${x} ${y}`
