import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareLayers } from '../../../src/engine/pages/changes.ts'
import { rgbaOf, type LayeredPage, type PageLayer } from '../../../src/engine/pages/layers.ts'
import { layersOfPage } from '../../../src/engine/pages/planes.ts'
import { readPsd, writePsd } from '../../../src/engine/pages/psd.ts'
import { scratchFolder } from '../pictures/drawing.ts'
import { drawnPlanes, names } from './drawing.ts'

const folder = await scratchFolder()
const exported = layersOfPage(drawnPlanes())
let counter = 0
/** The page as it comes back when somebody changed it in another program. */
async function afterwards(change: (layers: PageLayer[]) => PageLayer[], about: Partial<LayeredPage> = {}): Promise<string[]> {
  const path = join(folder, `${counter++}.psd`)
  await writePsd({ ...exported, ...about, layers: change([...exported.layers]) }, path, { overwrite: false, original: null })
  return compareLayers(exported, await readPsd(path)).map(({ code, layer, message }) => `${code}: ${layer}: ${message}`)
}
const one = (name: string, change: (layer: PageLayer) => PageLayer) => (layers: PageLayer[]) => layers.map((layer) => (layer.name === name ? change(own(layer)) : layer))
/** A copy with pixels of its own. */
const own = (layer: PageLayer): PageLayer => {
  const { name, kind, left, top, width, height, blend, opacity, hidden, group } = layer
  return { name, kind, left, top, width, height, blend, opacity, hidden, group, pixels: { rgba: rgbaOf(layer).slice() } }
}

describe('a PSD that comes back', () => {
  it('untouched has nothing to tell', async () => {
    expect(await afterwards((layers) => layers)).toEqual([])
  })

  it('says which layer was recoloured, and how', async () => {
    const blue = (layer: PageLayer): PageLayer => {
      const rgba = rgbaOf(layer).slice()
      for (let at = 0; at < rgba.length; at += 4) if (rgba[at + 3] !== 0) rgba.set([0, 0, 255], at)
      return { ...layer, pixels: { rgba } }
    }
    expect(await afterwards(one(names.skin, blue))).toEqual([`recolored: ${names.skin}: “${names.skin}” went from #f2cc8f to #0000ff.`])
  })

  it('says how many pixels were painted on', async () => {
    const dots = (layer: PageLayer): PageLayer => {
      const rgba = rgbaOf(layer).slice()
      rgba.set([1, 2, 3, 255], 4 * 5)
      rgba.set([1, 2, 3, 255], 4 * 9)
      return { ...layer, pixels: { rgba } }
    }
    expect(await afterwards(one('#3d9be9', dots))).toEqual(['painted: #3d9be9: “#3d9be9” was painted on: 2 pixels differ.'])
  })

  it('tells a renamed, moved, regrouped, hidden, thinner or otherwise blended layer as what it is', async () => {
    const cases: [(layer: PageLayer) => PageLayer, string][] = [
      [(layer) => ({ ...layer, name: '線画' }), 'renamed: Line: “Line” is called “線画” now.'],
      [(layer) => ({ ...layer, left: layer.left + 2, top: layer.top - 0 }), 'moved: Line: “Line” was moved by 2, 0 pixels.'],
      [(layer) => ({ ...layer, group: ['Mine'] }), 'regrouped: Line: “Line” went from the group “/” to “/Mine”.'],
      [(layer) => ({ ...layer, hidden: true }), 'visibility: Line: “Line” is hidden now.'],
      [(layer) => ({ ...layer, opacity: 0.5 }), 'opacity: Line: “Line” has 50 % opacity instead of 100 %.'],
      [(layer) => ({ ...layer, blend: 'screen' }), 'blend: Line: “Line” blends by “screen” instead of “multiply”.'],
    ]
    for (const [change, told] of cases) expect(await afterwards(one('Line', change)), told).toEqual([told])
  })

  it('says what is new, what is gone, and what lies elsewhere', async () => {
    const shade: PageLayer = { ...own(exported.layers[1] as PageLayer), name: 'Shade', left: 3, group: [] }
    expect(await afterwards((layers) => [shade, ...layers.filter(({ name }) => name !== 'Tone')])).toEqual(['removed: Tone: “Tone” is gone.', 'added: Shade: “Shade” is new.'])
    expect(await afterwards(([first, second, ...rest]) => [second as PageLayer, first as PageLayer, ...rest])).toHaveLength(1)
  })

  it('says when the page itself has another size or resolution', async () => {
    expect(await afterwards((layers) => layers, { width: 61, dpi: 300 })).toEqual(['page-size: : The page has 61 × 40 pixels instead of 60 × 40.', 'resolution: : The page has 300 dpi instead of 600.'])
  })
})
