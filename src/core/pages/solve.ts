import type { Graph } from './graph.ts'
import type { PageMap } from './basins.ts'
import { noColor, type Mark } from './marks.ts'
import type { Regions } from './regions.ts'
import { splitsOf, type Split, type SplitCache, type SplitOptions } from './splits.ts'

/** Colours of a page: one a basin, and of a split basin one a part. */
export interface Fills {
  /** By basin: 0xrrggbb, `keepPaperColor` or `noColor`; of split basins `noColor`. */
  readonly colors: Int32Array
  /** By basin: 1 where the colour stands in the region of its hint, 0 where it came from another through a gap. */
  readonly reached: Uint8Array
  readonly splits: ReadonlyMap<number, Split>
}

export interface SolveOptions extends SplitOptions {
  readonly regions: Regions
  /** empty: colour stays in the regions of its hints; fill: it goes on through gaps, the widest first. */
  readonly unhinted: 'empty' | 'fill'
}

/** Waiting passages by the height at which colour comes through, first in first out: the heap of the graph's flood. */
class Passages {
  readonly #head = new Int32Array(257).fill(-1)
  readonly #tail = new Int32Array(257).fill(-1)
  #next: Int32Array
  #node: Int32Array
  #color: Int32Array
  #open: Uint8Array
  #count = 0
  #level = 256
  node = 0
  color = 0
  isOpen = 0
  level = 0

  constructor(room: number) {
    this.#next = new Int32Array(room)
    this.#node = new Int32Array(room)
    this.#color = new Int32Array(room)
    this.#open = new Uint8Array(room)
  }

  push(level: number, node: number, color: number, open: number): void {
    if (this.#count === this.#next.length) this.#grow()
    const at = this.#count++
    this.#node[at] = node
    this.#color[at] = color
    this.#open[at] = open
    this.#next[at] = -1
    if ((this.#head[level] as number) < 0) this.#head[level] = at
    else this.#next[this.#tail[level] as number] = at
    this.#tail[level] = at
  }

  /** Takes the highest; levels never rise, since colour carries the lowest pass of its way. */
  pop(): boolean {
    while (this.#level >= 0 && (this.#head[this.#level] as number) < 0) this.#level--
    if (this.#level < 0) return false
    const at = this.#head[this.#level] as number
    this.#head[this.#level] = this.#next[at] as number
    this.level = this.#level
    this.node = this.#node[at] as number
    this.color = this.#color[at] as number
    this.isOpen = this.#open[at] as number
    return true
  }

  #grow(): void {
    const wider = <Plane extends Int32Array | Uint8Array>(plane: Plane, made: Plane): Plane => {
      made.set(plane)
      return made
    }
    const room = 2 * this.#next.length + 16
    this.#next = wider(this.#next, new Int32Array(room))
    this.#node = wider(this.#node, new Int32Array(room))
    this.#color = wider(this.#color, new Int32Array(room))
    this.#open = wider(this.#open, new Uint8Array(room))
  }
}

function byBasin(marks: readonly Mark[]): Map<number, Mark[]> {
  const groups = new Map<number, Mark[]>()
  for (const mark of marks) {
    const group = groups.get(mark.basin)
    if (group) group.push(mark)
    else groups.set(mark.basin, [mark])
  }
  return groups
}

/**
 * Colours every basin from the marks: always through the highest pass first, and carrying the lowest pass of the way,
 * which equals a flood of the pixels themselves. Takes the same whatever order the hints had.
 * @param graph of the map, with the passages of joining strokes
 * @param seeds more basins with a colour (paper that is kept), where no mark stands
 */
export function solve(map: PageMap, graph: Graph, marks: readonly Mark[], seeds: ReadonlyMap<number, number>, options: SolveOptions, cache: SplitCache): Fills {
  const { count } = map.basins
  const region = options.regions.of
  const through = options.unhinted === 'fill'
  const colors = new Int32Array(count + 1).fill(noColor)
  const reached = new Uint8Array(count + 1)
  const taken = new Uint8Array(count + 1)
  const groups = byBasin(marks)
  const disputed = new Map([...groups].filter(([, group]) => group.some(({ color }) => color !== group[0]?.color)).sort(([one], [other]) => one - other))
  const splits = splitsOf(map, disputed, cache, options)
  const passages = new Passages(graph.to.length + 1024)
  for (const { basin } of splits) {
    taken[basin] = 1
    reached[basin] = 1
  }

  const leave = (from: number, to: number, saddle: number, level: number, color: number, open: number): void => {
    if (taken[to] === 1) return
    const inside = region[from] === region[to]
    if (!inside && !through) return
    passages.push(saddle < level ? saddle : level, to, color, inside ? open : 0)
  }
  // Seeds wait in the order of their basins: nothing depends on when a hint was placed.
  for (const basin of [...groups.keys(), ...seeds.keys()].sort((one, other) => one - other)) {
    const color = groups.get(basin)?.[0]?.color ?? seeds.get(basin)
    if (color !== undefined && taken[basin] === 0 && !disputed.has(basin)) passages.push(256, basin, color, 1)
  }
  for (const { basin, borders, colors: partColors } of splits) {
    for (let k = 0; k < borders.low.length; k++) leave(basin, borders.high[k] as number, borders.values[k] as number, 255, partColors[(borders.low[k] as number) - 1] as number, 1)
  }
  while (passages.pop()) {
    const { node, color, level, isOpen: open } = passages
    if (taken[node] === 1) continue
    taken[node] = 1
    colors[node] = color
    reached[node] = open
    for (let k = graph.start[node] as number; k < (graph.start[node + 1] as number); k++) leave(node, graph.to[k] as number, graph.saddles[k] as number, level, color, open)
  }
  return { colors, reached, splits: new Map(splits.map((split) => [split.basin, split])) }
}
