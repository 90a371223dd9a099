import type { ModelCard } from '../../contract/models.ts'
import type { Size } from '../../contract/pictures.ts'
import { fixedSizeOf, runImage, type ImageRequest } from './imageRunner.ts'
import type { Session } from './sessions.ts'
import type { Values } from './tensors.ts'

/** Where one tile is read from, and which part of its answer is used. Pixels of the source. */
export interface Tile {
  /** Top left of what the network sees; may lie outside, where the picture is mirrored. */
  readonly x: number
  readonly y: number
}

export interface TilePlan {
  /** Size of the network's input. */
  readonly tile: Size
  /** Pixels at each inner border that two tiles share and blend over. */
  readonly overlap: number
  readonly tiles: readonly Tile[]
}

const usualTile = { size: 256, overlap: 16 }

function starts(length: number, tile: number, overlap: number): number[] {
  if (tile >= length) return [Math.floor((length - tile) / 2)]
  const step = Math.max(1, tile - overlap)
  const count = Math.ceil((length - overlap) / step)
  // The last tile ends with the picture: whole tiles only, however much the last two share.
  return Array.from({ length: count }, (_, i) => Math.min(i * step, length - tile))
}

/**
 * Cuts a picture into tiles of one size, so that the runtime's memory is reused from tile to tile. Fixed dimensions
 * of the network win over the card's tile; pictures smaller than a tile are padded by mirroring.
 */
export function planTiles(picture: Size, card: ModelCard, fixed: Size | null): TilePlan {
  const { size, overlap } = card.tile ?? usualTile
  const { multiple } = card.size
  const side = (length: number): number => {
    const whole = Math.max(card.size.min, Math.ceil(length / multiple) * multiple)
    return Math.min(Math.ceil(whole / multiple) * multiple, Math.max(multiple, Math.round(size / multiple) * multiple))
  }
  const tile = fixed ?? { width: side(picture.width), height: side(picture.height) }
  const shared = Math.min(overlap, Math.floor(Math.min(tile.width, tile.height) / 4))
  const columns = starts(picture.width, tile.width, shared)
  const rows = starts(picture.height, tile.height, shared)
  return { tile, overlap: shared, tiles: rows.flatMap((y) => columns.map((x) => ({ x, y }))) }
}

/** Mirrors a coordinate that lies outside back into the picture. */
function mirror(at: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const folded = ((at % period) + period) % period
  return folded < length ? folded : period - folded
}

function cut(image: Values, { x, y }: Tile, tile: Size): Values {
  const data = new Float32Array(tile.width * tile.height * image.channels)
  const columns = Int32Array.from({ length: tile.width }, (_, i) => mirror(x + i, image.width))
  for (let channel = 0; channel < image.channels; channel++) {
    for (let row = 0; row < tile.height; row++) {
      const from = channel * image.width * image.height + mirror(y + row, image.height) * image.width
      const to = (channel * tile.height + row) * tile.width
      for (let column = 0; column < tile.width; column++) data[to + column] = image.data[from + (columns[column] as number)] as number
    }
  }
  return { ...tile, channels: image.channels, data }
}

/** Weight of each pixel across a tile: rises over the overlap from borders inside the picture, full elsewhere. */
function feather(start: number, tile: number, length: number, overlap: number, scale: number): Float32Array {
  const weights = new Float32Array(tile * scale).fill(1)
  const soft = overlap * scale
  for (let i = 0; i < soft; i++) {
    const rise = (i + 0.5) / soft
    if (start > 0) weights[i] = Math.min(weights[i] as number, rise)
    if (start + tile < length) weights[weights.length - 1 - i] = Math.min(weights[weights.length - 1 - i] as number, rise)
  }
  return weights
}

export interface TileHooks {
  /** Before every tile; throws when cancelled. */
  readonly pause: () => Promise<void>
  readonly progress: (done: number) => void
}

/**
 * Runs a picture-to-picture network (super-resolution, noise, blur) over a picture of any size, tile by tile, and
 * blends the overlaps. The factor between input and answer is taken from the answer itself.
 * @param image planes in sRGB 0…1
 */
export async function runTiled(session: Session, image: Values, hooks: TileHooks, scalars?: ImageRequest['scalars']): Promise<Values> {
  const plan = planTiles(image, session.model.card, fixedSizeOf(session))
  let scale = 1
  let sum: Float32Array | null = null
  let weight: Float32Array | null = null
  let channels = image.channels
  for (const [index, tile] of plan.tiles.entries()) {
    await hooks.pause()
    const answer = await runImage(session, { image: cut(image, tile, plan.tile), ...(scalars ? { scalars } : {}) })
    scale = Math.max(1, Math.round(answer.width / plan.tile.width))
    channels = answer.channels
    const [width, height] = [image.width * scale, image.height * scale]
    sum ??= new Float32Array(width * height * channels)
    weight ??= new Float32Array(width * height)
    const across = feather(tile.x, plan.tile.width, image.width, plan.overlap, scale)
    const down = feather(tile.y, plan.tile.height, image.height, plan.overlap, scale)
    for (let y = 0; y < answer.height; y++) {
      const toY = tile.y * scale + y
      if (toY < 0 || toY >= height) continue
      for (let x = 0; x < answer.width; x++) {
        const toX = tile.x * scale + x
        if (toX < 0 || toX >= width) continue
        const w = (across[x] ?? 0) * (down[y] ?? 0)
        const to = toY * width + toX
        weight[to] = (weight[to] as number) + w
        for (let channel = 0; channel < channels; channel++) {
          const at = channel * width * height + to
          sum[at] = (sum[at] as number) + w * (answer.data[(channel * answer.height + y) * answer.width + x] as number)
        }
      }
    }
    hooks.progress((index + 1) / plan.tiles.length)
  }
  const [width, height] = [image.width * scale, image.height * scale]
  const data = sum ?? new Float32Array(0)
  const count = width * height
  for (let i = 0; i < data.length; i++) data[i] = Math.min(1, Math.max(0, (data[i] as number) / Math.max(1e-6, weight?.[i % count] ?? 1)))
  return { width, height, channels, data }
}
