// Third stage: linear RGB to samples, and the figures of the result.
import { all, corner, errorScale, half, lastPair, packOrder, stepPrice, weightB, weightG, weightR } from './constants'
import * as at from './layout'
import { encode, encodeByte, gather, labCurveInverse, maxLane, muladd, roundToInt, splat, sumLanes, validLanes } from './math'

/** Entries n, n + 1, m, m + 1 of a table, n and m the two whole numbers at an address. */
@inline
function pairs(table: usize, numbers: usize): v128 {
  const first = v128.load_zero<u64>(table + (<usize>load<u32>(numbers) << 2))
  return v128.load_lane<u64>(table + (<usize>load<u32>(numbers, 4) << 2), first, 1)
}

/**
 * Rounds 8-bit samples so that L* holds: of the eight neighbours (each channel down or up) the one nearest in L*,
 * a whole step of a channel costing 0.014 L*. Greys are rounded to the nearest sample, so they stay grey.
 * 16-bit samples are rounded to the nearest.
 *
 * @param table linear light of every output sample
 * @param spill 16 bytes to pass whole numbers through: cheaper than taking them from the lanes one by one
 * @param samples where RGB goes; up to 16 bytes beyond the last pixel are overwritten
 */
export function writeChunk(count: i32, tone: usize, red: usize, green: usize, blue: usize, neutral: usize, table: usize, samples: usize, spill: usize, wide: bool): void {
  let driftSum = splat(0)
  let driftMost = splat(0)
  let rgSum = splat(0)
  let rgSquares = splat(0)
  let ybSum = splat(0)
  let ybSquares = splat(0)
  const top = splat(65535)
  for (let n = 0; n < count; n += 4) {
    const p = <usize>n << 2
    const fy = v128.load(tone + p)
    const y = labCurveInverse(fy)
    const f = f32x4.pmax(all(corner), fy)
    const f2 = f32x4.mul(f, f)
    let ir: v128
    let ig: v128
    let ib: v128
    let error: v128
    if (wide) {
      const r = f32x4.mul(encode(v128.load(red + p)), top)
      const g = f32x4.mul(encode(v128.load(green + p)), top)
      const b = f32x4.mul(encode(v128.load(blue + p)), top)
      ir = roundToInt(r)
      ig = roundToInt(g)
      ib = roundToInt(b)
      error = f32x4.sub(muladd(gather(table, ir), all(weightR), muladd(gather(table, ig), all(weightG), f32x4.mul(gather(table, ib), all(weightB)))), y)
    } else {
      const r = encodeByte(v128.load(red + p))
      const g = encodeByte(v128.load(green + p))
      const b = encodeByte(v128.load(blue + p))
      const least = i32x4.splat(0)
      const last = all(lastPair)
      const middle = all(half)
      ir = i32x4.min_s(last, i32x4.max_s(least, roundToInt(f32x4.sub(r, middle))))
      ig = i32x4.min_s(last, i32x4.max_s(least, roundToInt(f32x4.sub(g, middle))))
      ib = i32x4.min_s(last, i32x4.max_s(least, roundToInt(f32x4.sub(b, middle))))
      const dr = f32x4.sub(r, f32x4.convert_i32x4_s(ir))
      const dg = f32x4.sub(g, f32x4.convert_i32x4_s(ig))
      const db = f32x4.sub(b, f32x4.convert_i32x4_s(ib))
      v128.store(spill, ir)
      let lo = pairs(table, spill)
      let hi = pairs(table, spill + 8)
      const r0 = f32x4.sub(f32x4.mul(v128.shuffle<f32>(lo, hi, 0, 2, 4, 6), all(weightR)), y)
      const r1 = f32x4.sub(f32x4.mul(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), all(weightR)), y)
      v128.store(spill, ig)
      lo = pairs(table, spill)
      hi = pairs(table, spill + 8)
      const g0 = f32x4.mul(v128.shuffle<f32>(lo, hi, 0, 2, 4, 6), all(weightG))
      const g1 = f32x4.mul(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), all(weightG))
      v128.store(spill, ib)
      lo = pairs(table, spill)
      hi = pairs(table, spill + 8)
      const b0 = f32x4.mul(v128.shuffle<f32>(lo, hi, 0, 2, 4, 6), all(weightB))
      const b1 = f32x4.mul(v128.shuffle<f32>(lo, hi, 1, 3, 5, 7), all(weightB))

      const price = f32x4.mul(f2, all(stepPrice))
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
      // Costs of the eight candidates: red, green, blue down (0) or up (1).
      const c000 = f32x4.add(f32x4.abs(f32x4.add(r0, e00)), f32x4.add(pr0, p00))
      const c001 = f32x4.add(f32x4.abs(f32x4.add(r0, e01)), f32x4.add(pr0, p01))
      const c010 = f32x4.add(f32x4.abs(f32x4.add(r0, e10)), f32x4.add(pr0, p10))
      const c011 = f32x4.add(f32x4.abs(f32x4.add(r0, e11)), f32x4.add(pr0, p11))
      const c100 = f32x4.add(f32x4.abs(f32x4.add(r1, e00)), f32x4.add(pr1, p00))
      const c101 = f32x4.add(f32x4.abs(f32x4.add(r1, e01)), f32x4.add(pr1, p01))
      const c110 = f32x4.add(f32x4.abs(f32x4.add(r1, e10)), f32x4.add(pr1, p10))
      const c111 = f32x4.add(f32x4.abs(f32x4.add(r1, e11)), f32x4.add(pr1, p11))
      // The best of each half decides a channel; the losing half is dropped.
      const grey = v128.load(neutral + p)
      const nearest = f32x4.ge(dr, middle)
      let upR = f32x4.lt(f32x4.pmin(f32x4.pmin(c100, c101), f32x4.pmin(c110, c111)), f32x4.pmin(f32x4.pmin(c000, c001), f32x4.pmin(c010, c011)))
      const c00 = v128.bitselect(c100, c000, upR)
      const c01 = v128.bitselect(c101, c001, upR)
      const c10 = v128.bitselect(c110, c010, upR)
      const c11 = v128.bitselect(c111, c011, upR)
      let upG = f32x4.lt(f32x4.pmin(c10, c11), f32x4.pmin(c00, c01))
      let upB = f32x4.lt(v128.bitselect(c11, c01, upG), v128.bitselect(c10, c00, upG))
      upR = v128.bitselect(nearest, upR, grey)
      upG = v128.bitselect(nearest, upG, grey)
      upB = v128.bitselect(nearest, upB, grey)
      // An all-ones lane is −1: subtracting it steps up.
      ir = i32x4.sub(ir, upR)
      ig = i32x4.sub(ig, upG)
      ib = i32x4.sub(ib, upB)
      error = f32x4.add(v128.bitselect(r1, r0, upR), f32x4.add(v128.bitselect(g1, g0, upG), v128.bitselect(b1, b0, upB)))
    }
    const valid = validLanes(n, count)
    const drift = v128.and(valid, f32x4.div(f32x4.mul(f32x4.abs(error), all(errorScale)), f2))
    driftSum = f32x4.add(driftSum, drift)
    driftMost = f32x4.pmax(driftMost, drift)
    const fr = f32x4.convert_i32x4_s(v128.and(valid, ir))
    const fg = f32x4.convert_i32x4_s(v128.and(valid, ig))
    const fb = f32x4.convert_i32x4_s(v128.and(valid, ib))
    const rg = f32x4.sub(fr, fg)
    const yb = f32x4.sub(f32x4.mul(f32x4.add(fr, fg), all(half)), fb)
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
