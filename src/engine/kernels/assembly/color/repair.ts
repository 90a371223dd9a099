// Edge repair at network size: src/core/color/edgeRepair.ts says what and why. Planes of width × height f32.

const passes: i32 = 3
const sigmaSpace: f64 = 8
const sigmaRange: f64 = 0.03
const leastConfidence: f32 = 0.02

@inline
function at(plane: usize, i: i32): f32 {
  return load<f32>(plane + (<usize>i << 2))
}

@inline
function put(plane: usize, i: i32, value: f32): void {
  store<f32>(plane + (<usize>i << 2), value)
}

/** Squared length of the Sobel gradient ÷ 8. */
function sobelSquared(plane: usize, width: i32, height: i32, out: usize): void {
  for (let y = 0; y < height; y++) {
    const up = max(0, y - 1) * width
    const mid = y * width
    const down = min(height - 1, y + 1) * width
    for (let x = 0; x < width; x++) {
      const l = max(0, x - 1)
      const r = min(width - 1, x + 1)
      const ul = at(plane, up + l)
      const ur = at(plane, up + r)
      const dl = at(plane, down + l)
      const dr = at(plane, down + r)
      const gx = ur - ul + 2 * (at(plane, mid + r) - at(plane, mid + l)) + dr - dl
      const gy = dl - ul + 2 * (at(plane, down + x) - at(plane, up + x)) + dr - ur
      put(out, mid + x, (gx * gx + gy * gy) * 0.015625)
    }
  }
}

/** exp(−g²/16) + 0.02, g the greatest gradient of L* among the 3×3 neighbours. `out` gets it, `room` is overwritten. */
function confidence(lightness: usize, width: i32, height: i32, out: usize, room: usize): void {
  sobelSquared(lightness, width, height, out)
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      put(room, row + x, max(at(out, row + x), max(at(out, row + max(0, x - 1)), at(out, row + min(width - 1, x + 1)))))
    }
  }
  for (let y = 0; y < height; y++) {
    const up = max(0, y - 1) * width
    const down = min(height - 1, y + 1) * width
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const most = max(at(room, i), max(at(room, up + x), at(room, down + x)))
      put(out, i, <f32>Math.exp(-0.0625 * <f64>most) + leastConfidence)
    }
  }
}

/** exp(−√2/σ · (1 + σs/σr · |Δℓ|)) of the first pass; every further pass halves σ, that is: squares the weight. */
@inline
function firstWeight(step: f32, decay: f64): f32 {
  const power = decay * (1 + sigmaSpace / sigmaRange * Math.abs(<f64>step) / 100)
  // Below it the weight is less than 1e-12, which counts as nothing (see `square`).
  return power < -28 ? 0 : <f32>Math.exp(power)
}

/** Recursive filter along the rows of three planes at once, forth and back. */
function alongRows(p: usize, q: usize, r: usize, weights: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    const start = y * width
    const end = start + width - 1
    let a = at(p, start)
    let b = at(q, start)
    let c = at(r, start)
    for (let i = start + 1; i <= end; i++) {
      const w = at(weights, i)
      a = at(p, i) + w * (a - at(p, i))
      b = at(q, i) + w * (b - at(q, i))
      c = at(r, i) + w * (c - at(r, i))
      put(p, i, a)
      put(q, i, b)
      put(r, i, c)
    }
    for (let i = end - 1; i >= start; i--) {
      const w = at(weights, i + 1)
      a = at(p, i) + w * (a - at(p, i))
      b = at(q, i) + w * (b - at(q, i))
      c = at(r, i) + w * (c - at(r, i))
      put(p, i, a)
      put(q, i, b)
      put(r, i, c)
    }
  }
}

/** row += weight · (neighbour − row), one row of one plane. */
@inline
function towards(plane: usize, row: i32, neighbour: i32, weights: usize, width: i32): void {
  let x = 0
  for (; x + 3 < width; x += 4) {
    const place = plane + (<usize>(row + x) << 2)
    const here = v128.load(place)
    const step = f32x4.sub(v128.load(plane + (<usize>(neighbour + x) << 2)), here)
    v128.store(place, f32x4.add(here, f32x4.mul(v128.load(weights + (<usize>x << 2)), step)))
  }
  for (; x < width; x++) {
    const here = at(plane, row + x)
    put(plane, row + x, here + at(weights, x) * (at(plane, neighbour + x) - here))
  }
}

/** The same filter along the columns, row by row. */
function alongColumns(plane: usize, weights: usize, width: i32, height: i32): void {
  for (let y = 1; y < height; y++) towards(plane, y * width, (y - 1) * width, weights + (<usize>(y * width) << 2), width)
  for (let y = height - 2; y >= 0; y--) towards(plane, y * width, (y + 1) * width, weights + (<usize>((y + 1) * width) << 2), width)
}

/** Squares weights; what would sink into denormal numbers, which processors are slow with, becomes zero. */
@inline
function square(plane: usize, count: i32): void {
  let i = 0
  for (; i + 3 < count; i += 4) {
    const place = plane + (<usize>i << 2)
    const w = v128.load(place)
    v128.store(place, v128.and(f32x4.mul(w, w), f32x4.gt(w, f32x4.splat(1e-12))))
  }
  for (; i < count; i++) {
    const w = at(plane, i)
    put(plane, i, w > 1e-12 ? w * w : 0)
  }
}

/** Moves a and b, in place, toward their repaired values. `room` has space for six planes. */
export function repairPlanes(a: usize, b: usize, lightness: usize, width: i32, height: i32, strength: f32, room: usize): void {
  const count = width * height
  const bytes = <usize>count << 2
  const sure = room
  const sumA = room + bytes
  const sumB = room + 2 * bytes
  const weight = room + 3 * bytes
  const across = room + 4 * bytes
  const down = room + 5 * bytes
  confidence(lightness, width, height, sure, across)
  const sigma = sigmaSpace * Math.sqrt(3) * <f64>(1 << (passes - 1)) / Math.sqrt(<f64>((1 << (2 * passes)) - 1))
  const decay = -Math.SQRT2 / sigma
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const c = at(sure, i)
      put(sumA, i, c * at(a, i))
      put(sumB, i, c * at(b, i))
      put(weight, i, c)
      put(across, i, x > 0 ? firstWeight(at(lightness, i) - at(lightness, i - 1), decay) : 0)
      put(down, i, y > 0 ? firstWeight(at(lightness, i) - at(lightness, i - width), decay) : 0)
    }
  }
  for (let pass = 0; pass < passes; pass++) {
    alongRows(sumA, sumB, weight, across, width, height)
    alongColumns(sumA, down, width, height)
    alongColumns(sumB, down, width, height)
    alongColumns(weight, down, width, height)
    square(across, count)
    square(down, count)
  }
  for (let i = 0; i < count; i++) {
    const w = at(weight, i)
    const share = strength * (1 - min<f32>(1, at(sure, i)))
    if (w > 1e-6) {
      put(a, i, at(a, i) + (at(sumA, i) / w - at(a, i)) * share)
      put(b, i, at(b, i) + (at(sumB, i) / w - at(b, i)) * share)
    }
  }
}
