import type { Hint } from '../../../../src/contract/hints.ts'

/** A page of line art drawn by the test itself, with what is right at each pixel. */
export interface DrawnPage {
  readonly width: number
  readonly height: number
  /** Anti-aliased grey. */
  readonly grey: Uint8Array
  /** Piece at each pixel; 0 is the gutter. Goes on under the lines. */
  readonly pieces: Uint8Array
  /** One hint well inside each piece from 1 on. */
  readonly hints: Hint[]
  /** Colour of each piece, 0xrrggbb. */
  readonly colors: number[]
}

const fine = 2

/** A pen on a plane twice as fine as the page. */
class Pen {
  readonly plane: Uint8Array
  readonly width: number
  readonly height: number
  readonly line: number

  constructor(width: number, height: number, line: number) {
    this.width = width * fine
    this.height = height * fine
    this.line = line
    this.plane = new Uint8Array(this.width * this.height)
  }

  dot(x: number, y: number): void {
    const r = (this.line * fine) / 2
    for (let v = Math.max(0, Math.floor(y * fine - r)); v <= Math.min(this.height - 1, y * fine + r); v++) {
      for (let u = Math.max(0, Math.floor(x * fine - r)); u <= Math.min(this.width - 1, x * fine + r); u++) {
        if ((u + 0.5 - x * fine) ** 2 + (v + 0.5 - y * fine) ** 2 <= r * r) this.plane[v * this.width + u] = 1
      }
    }
  }

  /** A curve from 0 to 1, `length` long, with gaps of `gap` clear pixels at the given shares of it. */
  curve(at: (t: number) => readonly [number, number], length: number, gap: number, gapsAt: readonly number[]): void {
    const steps = Math.ceil(length * fine)
    for (let n = 0; n <= steps; n++) {
      const t = n / steps
      if (gap > 0 && gapsAt.some((place) => Math.abs(t - place) * length < (gap + this.line) / 2)) continue
      this.dot(...at(t))
    }
  }

  grey(): Uint8Array {
    const [width, height] = [this.width / fine, this.height / fine]
    return Uint8Array.from({ length: width * height }, (_, i) => {
      const at = Math.floor(i / width) * fine * this.width + (i % width) * fine
      const ink = (this.plane[at] as number) + (this.plane[at + 1] as number) + (this.plane[at + this.width] as number) + (this.plane[at + this.width + 1] as number)
      return Math.round(255 * (1 - ink / 4))
    })
  }
}

const hex = (color: number): string => `#${color.toString(16).padStart(6, '0')}`

/**
 * Panels in a grid, each with a head, a horizon behind it and a sky; every outline but the frames has gaps.
 * @param gap width of the gaps in clear pixels, 0: none
 */
export function drawPage({ columns = 2, rows = 3, side = 200, gutter = 16, line = 3, gap = 0 } = {}): DrawnPage {
  const width = columns * side + (columns + 1) * gutter
  const height = rows * side + (rows + 1) * gutter
  const pen = new Pen(width, height, line)
  const pieces = new Uint8Array(width * height)
  const hints: Hint[] = []
  const colors = [-1]
  const add = (color: number, x: number, y: number): number => {
    hints.push({ kind: 'dot', x: x / width, y: y / height, radius: 0.006, color: hex(color) })
    return colors.push(color) - 1
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const n = row * columns + column
      const [left, top] = [gutter + column * (side + gutter), gutter + row * (side + gutter)]
      const [right, bottom] = [left + side, top + side]
      const [cx, cy, radius] = [left + side * (0.42 + 0.05 * (n % 3)), top + side * 0.52, side * (0.22 + 0.02 * (n % 2))]
      const horizon = top + side * 0.62
      const sky = add(0x9fc4e8 - n * 0x050307, left + side * 0.2, top + side * 0.14)
      const ground = add(0x7fae5a + n * 0x060209, left + side * 0.5, bottom - side * 0.08)
      const head = add(0xf0c8a0 - n * 0x090503, cx, cy)
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const inHead = (x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2 < radius * radius
          pieces[y * width + x] = inHead ? head : y + 0.5 < horizon ? sky : ground
        }
      }
      const frame: [number, number][] = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
      frame.slice(1).forEach(([x, y], k) => {
        const [fromX, fromY] = frame[k] as [number, number]
        pen.curve((t) => [fromX + (x - fromX) * t, fromY + (y - fromY) * t], side, 0, [])
      })
      pen.curve((t) => [cx + radius * Math.cos(2 * Math.PI * t), cy + radius * Math.sin(2 * Math.PI * t)], 2 * Math.PI * radius, gap, [0.07, 0.62, 0.83])
      const half = Math.sqrt(radius * radius - (horizon - cy) ** 2)
      pen.curve((t) => [left + (cx - half - left) * t, horizon], cx - half - left, gap, [0.5])
      pen.curve((t) => [cx + half + (right - cx - half) * t, horizon], right - cx - half, gap, [0.4])
    }
  }
  return { width, height, grey: pen.grey(), pieces, hints, colors }
}

/** Draws an oval speech bubble with three rows of letter-like marks over a page. */
export function drawBubble(page: DrawnPage, cx: number, cy: number, rx: number, ry: number): void {
  const { width, grey } = page
  for (let y = Math.ceil(cy - ry); y <= cy + ry; y++) {
    for (let x = Math.ceil(cx - rx); x <= cx + rx; x++) {
      const far = Math.hypot((x - cx) / rx, (y - cy) / ry)
      if (far > 1) continue
      grey[y * width + x] = far > 1 - 2.5 / Math.min(rx, ry) ? 0 : 255
    }
  }
  for (let row = -1; row <= 1; row++) {
    for (let letter = -2; letter <= 2; letter++) {
      for (let v = 0; v < 6; v++) for (let u = 0; u < 4; u++) if (u === 0 || v === 0 || v === 5) grey[(Math.round(cy) + row * 10 - 3 + v) * width + Math.round(cx) + letter * 8 - 2 + u] = 0
    }
  }
}
