import { create } from 'zustand'

interface EditViewState {
  /** Id of the part that was chosen; null: the one under the playhead counts. */
  readonly chosen: string | null
  /** What is dragged stops at cuts, at the playhead and at in and out. */
  readonly snaps: boolean
}

/** View state of the edit. */
export const useEditView = create<EditViewState>(() => ({ chosen: null, snaps: true }))

/** Where the address names the edit instead of a clip. */
export const editRoute = 'edit'
