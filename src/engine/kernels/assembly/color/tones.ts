// First stage: samples to f(Y) of the tones, four pixels at a time.
import { all, firstOfPixel, secondOfPixel, turnOrder, weightB, weightG, weightR, xB, xG, xR, zB, zG, zR } from './constants'
import { labCurve, lookupChannel, lookupGrey, muladd, splat } from './math'

/** Grey samples: the table holds f(Y) itself. */
export function toneOfGrey<T>(table: usize, samples: usize, count: i32, tone: usize): void {
  for (let x = 0; x < count; x += 4) {
    v128.store(tone + (<usize>x << 2), lookupGrey<T>(table, samples + <usize>x * sizeof<T>()))
  }
}

/**
 * RGB samples: the table holds linear light; three weights, whose sum is one, make the luminance. A neutral pixel, of
 * which scans in black and white consist, has the tone of its sample: looked up, alone or beside others, so that a
 * pixel's tone does not depend on its neighbours.
 * @param neutral f(Y) by sample; 0: there is no such table
 */
export function toneOfColor<T>(table: usize, neutral: usize, samples: usize, count: i32, tone: usize, red: f32, green: f32, blue: f32): void {
  const r = splat(red)
  const g = splat(green)
  const b = splat(blue)
  for (let x = 0; x < count; x += 4) {
    const first = samples + <usize>x * (3 * sizeof<T>())
    let isNeutral = i32x4.splat(0)
    if (sizeof<T>() == 1 && neutral != 0) {
      const bytes = v128.load(first)
      const same = i8x16.eq(bytes, v128.swizzle(bytes, v128.load(turnOrder)))
      if (i8x16.all_true(same)) {
        v128.store(tone + (<usize>x << 2), lookupChannel<T>(neutral, first))
        continue
      }
      isNeutral = v128.and(v128.swizzle(same, v128.load(firstOfPixel)), v128.swizzle(same, v128.load(secondOfPixel)))
    }
    let y = f32x4.mul(lookupChannel<T>(table, first), r)
    y = muladd(lookupChannel<T>(table, first + sizeof<T>()), g, y)
    y = muladd(lookupChannel<T>(table, first + 2 * sizeof<T>()), b, y)
    let f = labCurve(y)
    if (v128.any_true(isNeutral)) f = v128.bitselect(lookupChannel<T>(neutral, first), f, isNeutral)
    v128.store(tone + (<usize>x << 2), f)
  }
}

/** The source's own colour: f(X) − f(Y) and f(Z) − f(Y), that is a ÷ 500 and −b ÷ 200. */
export function ownTone<T>(table: usize, samples: usize, count: i32, ownX: usize, ownZ: usize): void {
  for (let n = 0; n < count; n += 4) {
    const first = samples + <usize>n * (3 * sizeof<T>())
    const r = lookupChannel<T>(table, first)
    const g = lookupChannel<T>(table, first + sizeof<T>())
    const b = lookupChannel<T>(table, first + 2 * sizeof<T>())
    const y = muladd(r, all(weightR), muladd(g, all(weightG), f32x4.mul(b, all(weightB))))
    // As differences from Y: a grey sample then has no colour of its own, not even from rounding.
    const dr = f32x4.sub(r, y)
    const dg = f32x4.sub(g, y)
    const db = f32x4.sub(b, y)
    const x = muladd(dr, all(xR), muladd(dg, all(xG), muladd(db, all(xB), y)))
    const z = muladd(dr, all(zR), muladd(dg, all(zG), muladd(db, all(zB), y)))
    const fy = labCurve(y)
    v128.store(ownX + (<usize>n << 2), f32x4.sub(labCurve(x), fy))
    v128.store(ownZ + (<usize>n << 2), f32x4.sub(labCurve(z), fy))
  }
}
