// Third stage: linear RGB to samples, and the figures of the result.
import { all, corner, errorScale, half, lastPair, one, packOrder, stepPrice, weightB, weightG, weightR } from './constants'
import * as at from './layout'
import { encode, encodeByte, gather, labCurveInverse, maxLane, muladd, roundToInt, splat, sumLanes, validLanes } from './math'

/** Entries n, n + 1, m, m + 1 of a table, n and m the two whole numbers at an address. */
@inline
function pairs(table: usize, numbers: usize): v128 {
  const first = v128.load_zero<u64>(table + (<usize>load<u32>(numbers) << 2))
  return v128.load_lane<u64>(table + (<usize>load<u32>(numbers, 4) << 2), first, 1)
}

@inline
function inRange(x: v128): v128 {
  return f32x4.pmin(all(one), f32x4.pmax(splat(0), x))
}

/**
 * One channel's linear light as samples. 8 bit: the sample at or below each value, so that both its neighbours are
 * samples, and in place of the light how far above it the value lies, 0…1. 16 bit: the nearest sample.
 *
 * A pass of its own: the roots take long, and the processor works ahead on the next pixels only where little else has to
 * be done for each.
 */
export function sampleChunk(count: i32, light: usize, numbers: usize, wide: bool): void {
  const top = splat(65535)
  const bytes = <usize>count << 2
  if (wide) {
    for (let p: usize = 0; p < bytes; p += 16) v128.store(numbers + p, roundToInt(f32x4.mul(encode(inRange(v128.load(light + p))), top)))
    return
  }
  for (let p: usize = 0; p < bytes; p += 16) {
    const value = encodeByte(v128.load(light + p))
    const number = roundToInt(f32x4.pmin(all(lastPair), f32x4.pmax(splat(0), f32x4.sub(value, all(half)))))
    v128.store(numbers + p, number)
    v128.store(light + p, f32x4.sub(value, f32x4.convert_i32x4_s(number)))
  }
}

/**
 * Rounds 8-bit samples so that L* holds: of the eight neighbours (each channel down or up) the one nearest in L*,
 * a whole step of a channel costing 0.014 L*. Greys are rounded to the nearest sample, so they stay grey.
 * 16-bit samples are rounded to the nearest.
 *
 * @param red how far red lies above its number, as `green` and `blue`
 * @param numbers the three channels' numbers from `sampleChunk`, one line after the other
 * @param stage bytes from line to line
 * @param table linear light of every output sample
 * @param samples where RGB goes; up to 16 bytes beyond the last pixel are overwritten
 */
export function writeChunk(count: i32, tone: usize, red: usize, green: usize, blue: usize, neutral: usize, numbers: usize, stage: usize, table: usize, samples: usize, wide: bool): void {
  let driftSum = splat(0)
  let driftMost = splat(0)
  let rgSum = splat(0)
  let rgSquares = splat(0)
  let ybSum = splat(0)
  let ybSquares = splat(0)
  for (let n = 0; n < count; n += 4) {
    const p = <usize>n << 2
    const reds = numbers + p
    const greens = reds + stage
    const blues = greens + stage
    const fy = v128.load(tone + p)
    const y = labCurveInverse(fy)
    const f = f32x4.pmax(all(corner), fy)
    const f2 = f32x4.mul(f, f)
    let ir = v128.load(reds)
    let ig = v128.load(greens)
    let ib = v128.load(blues)
    let error: v128
    if (wide) {
      error = f32x4.sub(muladd(gather(table, reds), all(weightR), muladd(gather(table, greens), all(weightG), f32x4.mul(gather(table, blues), all(weightB)))), y)
    } else {
      const dr = v128.load(red + p)
      const dg = v128.load(green + p)
      const db = v128.load(blue + p)
      // What each channel gives to Y with all three down, less the Y that is wanted; and what a step up of each adds.
      let lo = pairs(table, reds)
      let hi = pairs(table, reds + 8)
      let down = v128.shuffle<f32>(lo, hi, 0, 2, 4, 6)
      const stepR = f32x4.mul(f32x4.sub(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), down), all(weightR))
      error = f32x4.sub(f32x4.mul(down, all(weightR)), y)
      lo = pairs(table, greens)
      hi = pairs(table, greens + 8)
      down = v128.shuffle<f32>(lo, hi, 0, 2, 4, 6)
      const stepG = f32x4.mul(f32x4.sub(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), down), all(weightG))
      error = muladd(down, all(weightG), error)
      lo = pairs(table, blues)
      hi = pairs(table, blues + 8)
      down = v128.shuffle<f32>(lo, hi, 0, 2, 4, 6)
      const stepB = f32x4.mul(f32x4.sub(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), down), all(weightB))
      error = muladd(down, all(weightB), error)

      // Errors of the eight candidates: red, green, blue down (0) or up (1).
      const e001 = f32x4.add(error, stepB)
      const e010 = f32x4.add(error, stepG)
      const e011 = f32x4.add(e010, stepB)
      const e100 = f32x4.add(error, stepR)
      const e101 = f32x4.add(e100, stepB)
      const e110 = f32x4.add(e010, stepR)
      const e111 = f32x4.add(e110, stepB)
      // What going up costs more than going down: the way up is 1 − d, the way down d.
      const price = f32x4.mul(f2, all(stepPrice))
      const twice = f32x4.add(price, price)
      const pr = f32x4.sub(price, f32x4.mul(twice, dr))
      const pg = f32x4.sub(price, f32x4.mul(twice, dg))
      const pb = f32x4.sub(price, f32x4.mul(twice, db))
      const pgb = f32x4.add(pg, pb)
      const c000 = f32x4.abs(error)
      const c001 = f32x4.add(f32x4.abs(e001), pb)
      const c010 = f32x4.add(f32x4.abs(e010), pg)
      const c011 = f32x4.add(f32x4.abs(e011), pgb)
      const c100 = f32x4.add(f32x4.abs(e100), pr)
      const c101 = f32x4.add(f32x4.abs(e101), f32x4.add(pr, pb))
      const c110 = f32x4.add(f32x4.abs(e110), f32x4.add(pr, pg))
      const c111 = f32x4.add(f32x4.abs(e111), f32x4.add(pr, pgb))
      // The best of two, of four, of all; then the way back along the winners. The masks are whole lanes.
      const m00 = f32x4.pmin(c000, c001)
      const m01 = f32x4.pmin(c010, c011)
      const m10 = f32x4.pmin(c100, c101)
      const m11 = f32x4.pmin(c110, c111)
      const v0 = f32x4.lt(m01, m00)
      const v1 = f32x4.lt(m11, m10)
      let upR = f32x4.lt(f32x4.pmin(m10, m11), f32x4.pmin(m00, m01))
      let upG = i32x4.relaxed_laneselect(v1, v0, upR)
      const up0 = i32x4.relaxed_laneselect(f32x4.lt(c011, c010), f32x4.lt(c001, c000), upG)
      const up1 = i32x4.relaxed_laneselect(f32x4.lt(c111, c110), f32x4.lt(c101, c100), upG)
      let upB = i32x4.relaxed_laneselect(up1, up0, upR)
      const grey = v128.load(neutral + p)
      if (v128.any_true(grey)) {
        const middle = all(half)
        const nearest = f32x4.ge(dr, middle)
        upR = v128.bitselect(nearest, upR, grey)
        upG = v128.bitselect(nearest, upG, grey)
        upB = v128.bitselect(nearest, upB, grey)
      }
      // An all-ones lane is −1: subtracting it steps up.
      ir = i32x4.sub(ir, upR)
      ig = i32x4.sub(ig, upG)
      ib = i32x4.sub(ib, upB)
      error = f32x4.add(f32x4.add(error, v128.and(stepR, upR)), f32x4.add(v128.and(stepG, upG), v128.and(stepB, upB)))
    }
    let drift = f32x4.div(f32x4.mul(f32x4.abs(error), all(errorScale)), f2)
    const fr = f32x4.convert_i32x4_s(ir)
    const fg = f32x4.convert_i32x4_s(ig)
    let rg = f32x4.sub(fr, fg)
    let yb = f32x4.sub(f32x4.mul(f32x4.add(fr, fg), all(half)), f32x4.convert_i32x4_s(ib))
    if (n + 4 > count) {
      const valid = validLanes(n, count)
      drift = v128.and(valid, drift)
      rg = v128.and(valid, rg)
      yb = v128.and(valid, yb)
    }
    driftSum = f32x4.add(driftSum, drift)
    driftMost = f32x4.pmax(driftMost, drift)
    rgSum = f32x4.add(rgSum, rg)
    rgSquares = muladd(rg, rg, rgSquares)
    ybSum = f32x4.add(ybSum, yb)
    ybSquares = muladd(yb, yb, ybSquares)
    if (wide) {
      const a = i16x8.narrow_i32x4_u(ir, ig)
      const c = i16x8.narrow_i32x4_u(ib, ib)
      const to = samples + <usize>n * 6
      v128.store(to, v128.shuffle<i16>(a, c, 0, 4, 8, 1, 5, 9, 2, 6))
      v128.store(to + 16, v128.shuffle<i16>(a, c, 10, 3, 7, 11, 3, 7, 11, 3))
    } else {
      const packed = v128.or(ir, v128.or(i32x4.shl(ig, 8), i32x4.shl(ib, 16)))
      v128.store(samples + <usize>n * 3, v128.swizzle(packed, v128.load(packOrder)))
    }
  }
  add(at.driftSumAt, sumLanes(driftSum))
  store<f64>(at.driftMaxAt, max(load<f64>(at.driftMaxAt), <f64>maxLane(driftMost)))
  add(at.redGreenSumAt, sumLanes(rgSum))
  add(at.redGreenSquaresAt, sumLanes(rgSquares))
  add(at.yellowBlueSumAt, sumLanes(ybSum))
  add(at.yellowBlueSquaresAt, sumLanes(ybSquares))
  add(at.pixelsAt, <f64>count)
}

@inline
function add(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value)
}
