/** Planes of a page, and what of them hangs on neighbours worked out. */
import type { Hint } from '../../contract/hints.ts'

/** The fill of one region. */
export interface RegionFill {
  /** `#rrggbb`. */
  readonly color: string
  /** Of the swatch, where one is linked. */
  readonly name?: string | undefined
  /** Character of the swatch. */
  readonly group?: string | undefined
}

/** Colours of one origin: by pixel 0xrrggbb, −1 where there are none. */
export interface DraftedPlane {
  readonly name: string
  readonly colors: Int32Array
}

export interface PagePlanes {
  readonly width: number
  readonly height: number
  readonly dpi: number | null
  /** Region of each pixel; regions reach under the ink, each as far as it is the nearest. */
  readonly labels: Uint32Array
  /** Fill of a region; null or undefined: paper. */
  readonly fills: (label: number) => RegionFill | null | undefined
  /** 1 = ink. */
  readonly ink: Uint8Array
  /** The page's own tones, its paper at 255. */
  readonly luminance: Uint8Array
  /** Not 0: lettering, which gets a layer of its own. */
  readonly lettering?: Uint8Array | undefined
  /** Not 0: inside of bubbles and captions. */
  readonly bubbles?: Uint8Array | undefined
  readonly hints?: readonly Hint[] | undefined
  /** Colours that hints did not give, a layer each. */
  readonly drafted?: readonly DraftedPlane[] | undefined
  /** What the page looks like, RGB: where the other layers would show it otherwise, one more holds it as it is. */
  readonly look?: Uint8Array | undefined
}

/** Pixels that flats reach under the ink, unless said otherwise. */
const usualGrow = 3
/** How far around the ink its soft edges reach, in pixels. */
const softEdge = 1

/** Planes in which every pixel stands for itself, whatever lies around it: areas of one can be laid into another. */
export interface SettledPlanes extends Omit<PagePlanes, 'ink'> {
  /** 1: ink or its soft edge. */
  readonly edges: Uint8Array
  /** 1: a flat reaches here. */
  readonly covered: Uint8Array
}

/** Works out what of a page's planes hangs on neighbours. @param grow pixels that flats reach under the ink */
export function settled({ ink, ...planes }: PagePlanes, grow = usualGrow): SettledPlanes {
  const { width, height } = planes
  const reach = Math.max(0, grow)
  const covered = depthInside(ink, width, reach + 1)
  for (let i = 0; i < covered.length; i++) covered[i] = (covered[i] as number) > reach ? 0 : 1
  return { ...planes, edges: withEdges(ink, width, height), covered }
}

/** Distance of pixels that are `on` to the nearest that is not, in city blocks, capped; the page's edge is no border. */
function depthInside(on: Uint8Array, width: number, cap: number): Uint8Array {
  const depth = new Uint8Array(on.length)
  const limit = Math.min(255, cap)
  for (let i = 0; i < on.length; i++) {
    if (on[i] === 0) continue
    const beside = i % width === 0 ? limit : (depth[i - 1] as number)
    const above = i < width ? limit : (depth[i - width] as number)
    depth[i] = Math.min(limit, beside + 1, above + 1)
  }
  for (let i = on.length - 1; i >= 0; i--) {
    if (on[i] === 0) continue
    const beside = i % width === width - 1 ? limit : (depth[i + 1] as number)
    const below = i >= on.length - width ? limit : (depth[i + width] as number)
    depth[i] = Math.min(depth[i] as number, beside + 1, below + 1)
  }
  return depth
}

/** The ink with its soft edges: every pixel within one of it, diagonals too. */
function withEdges(ink: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(ink.length)
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] === 0) continue
    const [x, y] = [i % width, Math.floor(i / width)]
    for (let row = Math.max(0, y - softEdge); row <= Math.min(height - 1, y + softEdge); row++) {
      out.fill(1, row * width + Math.max(0, x - softEdge), row * width + Math.min(width - 1, x + softEdge) + 1)
    }
  }
  return out
}
