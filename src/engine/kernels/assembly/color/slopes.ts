// Local line fits of chroma on lightness: src/core/color/lifting.ts says what and why. Planes of width × height f32.

const flatLightness: f32 = 1e-3
const flatChroma: f32 = 0.1

@inline
function at(plane: usize, i: i32): f32 {
  return load<f32>(plane + (<usize>i << 2))
}

@inline
function put(plane: usize, i: i32, value: f32): void {
  store<f32>(plane + (<usize>i << 2), value)
}

@inline
function four(plane: usize, i: i32): v128 {
  return v128.load(plane + (<usize>i << 2))
}

@inline
function sumAcross(plane: usize, row: i32, x: i32, width: i32): f32 {
  return at(plane, row + max(0, x - 1)) + at(plane, row + x) + at(plane, row + min(width - 1, x + 1))
}

/** Mean over 3×3, edges repeated; in place, `room` is one plane. Four pixels at a time where no edge is near. */
function boxMean(plane: usize, width: i32, height: i32, room: usize): void {
  for (let y = 0; y < height; y++) {
    const row = y * width
    put(room, row, sumAcross(plane, row, 0, width))
    let x = 1
    for (; x + 4 < width; x += 4) {
      const i = row + x
      v128.store(room + (<usize>i << 2), f32x4.add(f32x4.add(four(plane, i - 1), four(plane, i)), four(plane, i + 1)))
    }
    for (; x < width; x++) put(room, row + x, sumAcross(plane, row, x, width))
  }
  for (let y = 0; y < height; y++) {
    const above = max(0, y - 1) * width
    const row = y * width
    const below = min(height - 1, y + 1) * width
    let x = 0
    for (; x + 3 < width; x += 4) {
      const sum = f32x4.add(f32x4.add(four(room, above + x), four(room, row + x)), four(room, below + x))
      v128.store(plane + (<usize>(row + x) << 2), f32x4.div(sum, f32x4.splat(9)))
    }
    for (; x < width; x++) put(plane, row + x, (at(room, above + x) + at(room, row + x) + at(room, below + x)) / 9)
  }
}

/** mean₃ₓ₃(r²) · mean₃ₓ₃(slope) of the line fits of `plane` on ℓ = L* ÷ 100. `room` has space for six planes. */
export function trustedSlopes(plane: usize, lightness: usize, width: i32, height: i32, out: usize, room: usize): void {
  const count = width * height
  const bytes = <usize>count << 2
  const meanGuide = room
  const meanPlane = room + bytes
  const meanBoth = room + 2 * bytes
  const meanGuide2 = room + 3 * bytes
  const meanPlane2 = room + 4 * bytes
  const free = room + 5 * bytes
  for (let i = 0; i < count; i++) {
    const guide = at(lightness, i) * 0.01
    const value = at(plane, i)
    put(meanGuide, i, guide)
    put(meanPlane, i, value)
    put(meanBoth, i, guide * value)
    put(meanGuide2, i, guide * guide)
    put(meanPlane2, i, value * value)
  }
  for (let n = 0; n < 5; n++) boxMean(room + <usize>n * bytes, width, height, free)
  for (let i = 0; i < count; i++) {
    const mg = at(meanGuide, i)
    const mp = at(meanPlane, i)
    const covariance = at(meanBoth, i) - mg * mp
    const varGuide = max<f32>(0, at(meanGuide2, i) - mg * mg) + flatLightness
    const varPlane = max<f32>(0, at(meanPlane2, i) - mp * mp) + flatChroma
    put(out, i, covariance / varGuide)
    put(meanBoth, i, covariance * covariance / (varGuide * varPlane))
  }
  boxMean(out, width, height, free)
  boxMean(meanBoth, width, height, free)
  for (let i = 0; i < count; i++) put(out, i, at(out, i) * at(meanBoth, i))
}
