import type { Palette, Swatch } from '../../contract/pages.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { applyPatches } from '../history/patches.ts'

/** A palette changed under the hand, and the patches that save the change as one gesture. */
export interface PaletteEdit {
  readonly palette: Palette
  readonly patches: RecipePatch[]
  readonly label: Wording
}

const edit = (palette: Palette, patches: RecipePatch[], label: Wording): PaletteEdit => ({ palette: applyPatches(palette, patches).document, patches, label })

/** Adds a swatch behind the last of its group, a new group behind all. */
export function addSwatch(palette: Palette, swatch: Swatch): PaletteEdit {
  const last = palette.swatches.findLastIndex((each) => each.group === swatch.group)
  const at = last < 0 ? palette.swatches.length : last + 1
  return edit(palette, [{ op: 'add', path: ['swatches', at], value: swatch }], { key: 'history.palette.add', values: { name: swatch.name } })
}

/** Adds swatches behind all others as one change; those whose name, group and colour are there already are passed over. */
export function addSwatches(palette: Palette, swatches: readonly Swatch[]): PaletteEdit {
  const known = new Set(palette.swatches.map(signOf))
  const fresh = swatches.filter((swatch) => !known.has(signOf(swatch)))
  const patches: RecipePatch[] = fresh.length === 0 ? [] : [{ op: 'replace', path: ['swatches'], value: [...palette.swatches, ...fresh] }]
  return edit(palette, patches, { key: 'history.palette.import', values: { count: fresh.length } })
}

const signOf = ({ group, name, color }: Swatch): string => JSON.stringify([group, name, color.toLowerCase()])

/** Gives a swatch another colour, in a scene or (null) everywhere that no scene says otherwise. */
export function recolourSwatch(palette: Palette, id: string, color: string, scene: string | null): PaletteEdit {
  return at(palette, id, (place, swatch) =>
    edit(palette, [{ op: 'replace', path: scene === null ? ['swatches', place, 'color'] : ['swatches', place, 'scenes', scene], value: color }], {
      key: 'history.palette.recolour',
      values: { name: swatch.name },
    }),
  )
}

/** In this scene the swatch looks as everywhere again. */
export function forgetScene(palette: Palette, id: string, scene: string): PaletteEdit {
  return at(palette, id, (place, swatch) =>
    swatch.scenes[scene] === undefined
      ? edit(palette, [], { key: '' })
      : edit(palette, [{ op: 'remove', path: ['swatches', place, 'scenes', scene] }], { key: 'history.palette.recolour', values: { name: swatch.name } }),
  )
}

export function renameSwatch(palette: Palette, id: string, name: string): PaletteEdit {
  return at(palette, id, (place) => edit(palette, [{ op: 'replace', path: ['swatches', place, 'name'], value: name }], { key: 'history.palette.rename', values: { name } }))
}

/** Hints that link to it keep the colour they were placed with. */
export function removeSwatch(palette: Palette, id: string): PaletteEdit {
  return at(palette, id, (place, swatch) => edit(palette, [{ op: 'remove', path: ['swatches', place] }], { key: 'history.palette.remove', values: { name: swatch.name } }))
}

/** Puts a swatch before another one, into that one's group; before null: to the end of `group`. */
export function moveSwatch(palette: Palette, id: string, before: string | null, group: string): PaletteEdit {
  return at(palette, id, (place, swatch) => {
    const others = palette.swatches.filter((each) => each.id !== id)
    const found = before === null ? others.findLastIndex((each) => each.group === group) + 1 || others.length : others.findIndex((each) => each.id === before)
    const to = found < 0 ? others.length : found
    const label = { key: 'history.palette.move', values: { name: swatch.name } }
    return edit(palette, [{ op: 'remove', path: ['swatches', place] }, { op: 'add', path: ['swatches', to], value: { ...swatch, group } }], label)
  })
}

export function renameGroup(palette: Palette, group: string, name: string): PaletteEdit {
  const patches = palette.swatches.flatMap((swatch, place): RecipePatch[] => (swatch.group === group ? [{ op: 'replace', path: ['swatches', place, 'group'], value: name }] : []))
  return edit(palette, patches, { key: 'history.palette.rename', values: { name } })
}

export function addScene(palette: Palette, scene: Palette['scenes'][number]): PaletteEdit {
  return edit(palette, [{ op: 'add', path: ['scenes', palette.scenes.length], value: scene }], { key: 'history.palette.scene', values: { name: scene.name } })
}

function at(palette: Palette, id: string, make: (place: number, swatch: Swatch) => PaletteEdit): PaletteEdit {
  const place = palette.swatches.findIndex((swatch) => swatch.id === id)
  const swatch = palette.swatches[place]
  // Gone meanwhile: nothing to change.
  return swatch ? make(place, swatch) : edit(palette, [], { key: '' })
}

/** Swatches by group, groups and swatches in the palette's order. */
export function groupsOf(palette: Palette): { readonly group: string; readonly swatches: readonly Swatch[] }[] {
  const groups = new Map<string, Swatch[]>()
  for (const swatch of palette.swatches) groups.set(swatch.group, [...(groups.get(swatch.group) ?? []), swatch])
  return [...groups].map(([group, swatches]) => ({ group, swatches }))
}
