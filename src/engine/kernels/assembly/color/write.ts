// Third stage: linear RGB to samples, and the figures of the result.
import * as at from './layout'
import { corner, encode, gather, labCurveInverse, maxLane, muladd, roundToInt, splat, sumLanes, validLanes, weightB, weightG, weightR } from './math'

/**
 * Price of moving one sample by a whole step, against an error of L*: 0.014 a step keeps rounding from buying
 * a hair of lightness with a visible change of hue. Times 3/116, to compare with luminance ÷ f(Y)².
 */
const stepPrice: f32 = 0.000362

/** Two neighbouring table entries of two lanes: n, n + 1, m, m + 1. */
@inline
function pairs(table: usize, n: i32, m: i32): v128 {
  return v128.load_lane<u64>(table + (<usize>m << 2), v128.load_zero<u64>(table + (<usize>n << 2)), 1)
}

/** The lesser of two costs, with the number of the candidate it belongs to. */
@inline
function better(cost: v128, best: v128): v128 {
  return f32x4.lt(cost, best)
}

/**
 * Rounds 8-bit samples so that L* holds: of the eight neighbours (each channel down or up) the one nearest in L*,
 * a whole step of a channel costing 0.014 L*. Greys are rounded to the nearest sample, so they stay grey.
 * 16-bit samples are rounded to the nearest.
 *
 * @param table linear light of every output sample
 * @param samples where RGB goes; up to 16 bytes beyond the last pixel are overwritten
 */
export function writeChunk(count: i32, tone: usize, red: usize, green: usize, blue: usize, neutral: usize, table: usize, samples: usize, wide: bool): void {
  let driftSum = splat(0)
  let driftMost = splat(0)
  let rgSum = splat(0)
  let rgSquares = splat(0)
  let ybSum = splat(0)
  let ybSquares = splat(0)
  const top = splat(wide ? 65535 : 255)
  const one = splat(1)
  for (let n = 0; n < count; n += 4) {
    const p = <usize>n << 2
    const fy = v128.load(tone + p)
    const y = labCurveInverse(fy)
    const f = f32x4.pmax(splat(corner), fy)
    const f2 = f32x4.mul(f, f)
    const r = f32x4.mul(encode(v128.load(red + p)), top)
    const g = f32x4.mul(encode(v128.load(green + p)), top)
    const b = f32x4.mul(encode(v128.load(blue + p)), top)
    let ir: v128
    let ig: v128
    let ib: v128
    let error: v128
    if (wide) {
      ir = roundToInt(r)
      ig = roundToInt(g)
      ib = roundToInt(b)
      error = f32x4.sub(muladd(gather(table, ir), splat(weightR), muladd(gather(table, ig), splat(weightG), f32x4.mul(gather(table, ib), splat(weightB)))), y)
    } else {
      const least = i32x4.splat(0)
      const half = splat(0.5)
      ir = i32x4.max_s(least, roundToInt(f32x4.sub(r, half)))
      ig = i32x4.max_s(least, roundToInt(f32x4.sub(g, half)))
      ib = i32x4.max_s(least, roundToInt(f32x4.sub(b, half)))
      const dr = f32x4.sub(r, f32x4.convert_i32x4_s(ir))
      const dg = f32x4.sub(g, f32x4.convert_i32x4_s(ig))
      const db = f32x4.sub(b, f32x4.convert_i32x4_s(ib))
      let lo = pairs(table, i32x4.extract_lane(ir, 0), i32x4.extract_lane(ir, 1))
      let hi = pairs(table, i32x4.extract_lane(ir, 2), i32x4.extract_lane(ir, 3))
      const r0 = f32x4.sub(f32x4.mul(v128.shuffle<f32>(lo, hi, 0, 2, 4, 6), splat(weightR)), y)
      const r1 = f32x4.sub(f32x4.mul(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), splat(weightR)), y)
      lo = pairs(table, i32x4.extract_lane(ig, 0), i32x4.extract_lane(ig, 1))
      hi = pairs(table, i32x4.extract_lane(ig, 2), i32x4.extract_lane(ig, 3))
      const g0 = f32x4.mul(v128.shuffle<f32>(lo, hi, 0, 2, 4, 6), splat(weightG))
      const g1 = f32x4.mul(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), splat(weightG))
      lo = pairs(table, i32x4.extract_lane(ib, 0), i32x4.extract_lane(ib, 1))
      hi = pairs(table, i32x4.extract_lane(ib, 2), i32x4.extract_lane(ib, 3))
      const b0 = f32x4.mul(v128.shuffle<f32>(lo, hi, 0, 2, 4, 6), splat(weightB))
      const b1 = f32x4.mul(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), splat(weightB))

      const price = f32x4.mul(f2, splat(stepPrice))
      const pr0 = f32x4.mul(price, dr)
      const pr1 = f32x4.sub(price, pr0)
      const pg0 = f32x4.mul(price, dg)
      const pg1 = f32x4.sub(price, pg0)
      const pb0 = f32x4.mul(price, db)
      const pb1 = f32x4.sub(price, pb0)
      const e00 = f32x4.add(g0, b0)
      const e01 = f32x4.add(g0, b1)
      const e10 = f32x4.add(g1, b0)
      const e11 = f32x4.add(g1, b1)
      const p00 = f32x4.add(pg0, pb0)
      const p01 = f32x4.add(pg0, pb1)
      const p10 = f32x4.add(pg1, pb0)
      const p11 = f32x4.add(pg1, pb1)
      // Candidates 0…7: bit 2 red up, bit 1 green up, bit 0 blue up.
      let best = f32x4.add(f32x4.abs(f32x4.add(r0, e00)), f32x4.add(pr0, p00))
      let choice = i32x4.splat(0)
      let cost = f32x4.add(f32x4.abs(f32x4.add(r0, e01)), f32x4.add(pr0, p01))
      choice = v128.bitselect(i32x4.splat(1), choice, better(cost, best))
      best = f32x4.pmin(best, cost)
      cost = f32x4.add(f32x4.abs(f32x4.add(r0, e10)), f32x4.add(pr0, p10))
      choice = v128.bitselect(i32x4.splat(2), choice, better(cost, best))
      best = f32x4.pmin(best, cost)
      cost = f32x4.add(f32x4.abs(f32x4.add(r0, e11)), f32x4.add(pr0, p11))
      choice = v128.bitselect(i32x4.splat(3), choice, better(cost, best))
      best = f32x4.pmin(best, cost)
      cost = f32x4.add(f32x4.abs(f32x4.add(r1, e00)), f32x4.add(pr1, p00))
      choice = v128.bitselect(i32x4.splat(4), choice, better(cost, best))
      best = f32x4.pmin(best, cost)
      cost = f32x4.add(f32x4.abs(f32x4.add(r1, e01)), f32x4.add(pr1, p01))
      choice = v128.bitselect(i32x4.splat(5), choice, better(cost, best))
      best = f32x4.pmin(best, cost)
      cost = f32x4.add(f32x4.abs(f32x4.add(r1, e10)), f32x4.add(pr1, p10))
      choice = v128.bitselect(i32x4.splat(6), choice, better(cost, best))
      best = f32x4.pmin(best, cost)
      cost = f32x4.add(f32x4.abs(f32x4.add(r1, e11)), f32x4.add(pr1, p11))
      choice = v128.bitselect(i32x4.splat(7), choice, better(cost, best))
      const nearest = v128.and(f32x4.ge(dr, splat(0.5)), i32x4.splat(7))
      choice = v128.bitselect(nearest, choice, v128.load(neutral + p))
      const upR = i32x4.ne(v128.and(choice, i32x4.splat(4)), i32x4.splat(0))
      const upG = i32x4.ne(v128.and(choice, i32x4.splat(2)), i32x4.splat(0))
      const upB = i32x4.ne(v128.and(choice, i32x4.splat(1)), i32x4.splat(0))
      // An all-ones lane is −1: subtracting it steps up.
      ir = i32x4.sub(ir, upR)
      ig = i32x4.sub(ig, upG)
      ib = i32x4.sub(ib, upB)
      error = f32x4.add(v128.bitselect(r1, r0, upR), f32x4.add(v128.bitselect(g1, g0, upG), v128.bitselect(b1, b0, upB)))
    }
    const valid = validLanes(n, count)
    const drift = v128.and(valid, f32x4.div(f32x4.mul(f32x4.abs(error), splat(38.666666667)), f2))
    driftSum = f32x4.add(driftSum, drift)
    driftMost = f32x4.pmax(driftMost, drift)
    const fr = f32x4.convert_i32x4_s(v128.and(valid, ir))
    const fg = f32x4.convert_i32x4_s(v128.and(valid, ig))
    const fb = f32x4.convert_i32x4_s(v128.and(valid, ib))
    const rg = f32x4.sub(fr, fg)
    const yb = f32x4.sub(f32x4.mul(f32x4.add(fr, fg), splat(0.5)), fb)
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
      v128.store(samples + <usize>n * 3, v128.swizzle(packed, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 3, 3, 3)))
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
