import { create } from 'zustand'
import type { Granted } from '../../contract/host.ts'
import type { AssetId, PictureKey } from '../../contract/ids.ts'
import { go, useRoute } from '../app/view.ts'
import type { StageMode } from '../stage/Stage.tsx'
import type { ToolId } from '../stage/tools/index.ts'

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

/** View state of the Pages room. What is true of pages and palette lives in the studio. */
export const usePages = create<PagesState>(() => ({
  tool: 'hint',
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
