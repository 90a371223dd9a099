import { describe, expect, it } from 'vitest'
import type { PairReport } from '../../../../src/contract/evaluate.ts'
import { figuresOfPicture, figuresOfSet, psnrOf } from '../../../../src/core/evaluate/figures.ts'
import { flickerOf } from '../../../../src/core/evaluate/flicker.ts'
import { hintsOf } from '../../../../src/core/evaluate/hinted.ts'
import { measure } from '../../../../src/core/evaluate/pair.ts'
import { chromaOf, meanColorOf, oneColor, recolored, type Rgb } from '../../../../src/core/evaluate/picture.ts'
import { comparedSize, fitted, resized } from '../../../../src/core/evaluate/resize.ts'
import { ssim } from '../../../../src/core/evaluate/ssim.ts'
import { draw, finish, scene } from './drawn.ts'

const truth = scene(96, 64)
const same = { width: 96, height: 64 }

/** What the engine reports of an output, without its resizing. */
function reportOf(output: Rgb, real = truth): PairReport {
  const grey = finish(recolored(real, oneColor(0, 0)))
  const meanColor = finish(recolored(real, oneColor(...finish(meanColorOf(real)))))
  const { truth: own, candidates } = finish(measure(real, [output, grey, meanColor]))
  return { size: same, resizedFrom: null, reducedFrom: null, truth: own, output: candidates[0]!, grey: candidates[1]!, meanColor: candidates[2]!, strengths: [], hints: null, flicker: null }
}

describe('one picture against its truth', () => {
  it('has perfect figures where it is the truth itself', () => {
    expect(figuresOfPicture(reportOf(truth), 'output')).toMatchObject({ psnr: 100, ssim: 1, deltaE: 0, abError: 0, colorfulness: 1, sigmaA: 1, sigmaB: 1, sigmaBeyondTone: 1, driftMean: 0, driftMax: 0, bleedBand: 0, bleedElsewhere: 0, spread: 1 })
  })

  it('has the PSNR of its shift: 10 of 255 everywhere are 28.13 dB', () => {
    const grey = draw(40, 30, (x) => [60 + x, 60 + x, 60 + x])
    const shifted = draw(40, 30, (x) => [70 + x, 70 + x, 70 + x])
    const figures = figuresOfPicture(reportOf(shifted, grey), 'output')
    expect(figures.psnr).toBeCloseTo(20 * Math.log10(255 / 10), 9)
    expect(figures.abError).toBeLessThan(1e-9)
    expect(figures.driftMean).toBeGreaterThan(3)
    expect(figures.colorfulness).toBeNull()
    expect(psnrOf(255 ** 2)).toBe(0)
  })

  it('is not taken for coloured where it is sepia, though its colourfulness says so', () => {
    const sepia = draw(96, 64, (x, y) => {
      const at = 3 * (y * 96 + x)
      const grey = 0.299 * truth.data[at]! + 0.587 * truth.data[at + 1]! + 0.114 * truth.data[at + 2]!
      return [grey * 1.07, grey * 0.87, grey * 0.6]
    })
    const figures = figuresOfPicture(reportOf(sepia), 'output')
    expect(figures.colorfulness).toBeGreaterThan(0.3)
    expect(figures.sigmaA).toBeLessThan(0.15)
    expect(figures.sigmaBeyondTone).toBeLessThan(0.06)
    expect(figuresOfPicture(reportOf(truth), 'meanColor').sigmaB).toBeLessThan(0.05)
  })

  it('keeps the truth’s tones in the grey copy and has no colour there', () => {
    const grey = figuresOfPicture(reportOf(truth), 'grey')
    expect(grey).toMatchObject({ colorfulness: 0, psnrOverGrey: 0, spread: null })
    expect(grey.driftMax).toBeLessThan(0.3)
    expect(grey.abError).toBeGreaterThan(15)
  })

  it('errs beside edges of colour where its colour is blurred, hardly elsewhere', () => {
    const soft = finish(recolored(truth, chromaOf(scene(96, 64, 4), 1)))
    const figures = figuresOfPicture(reportOf(soft), 'output')
    expect(figures.bleedBand).toBeGreaterThan(2.5 * figures.bleedElsewhere!)
    expect(figures.spread).toBeGreaterThan(1.2)
    const pale = figuresOfPicture(reportOf(finish(recolored(truth, chromaOf(truth, 0.7)))), 'output')
    expect(pale.bleedBand).toBeLessThan(1.3 * pale.bleedElsewhere!)
    expect(pale.sigmaA).toBeCloseTo(0.7, 1)
  })
})

describe('SSIM', () => {
  const flat = (value: number): Rgb => draw(20, 16, () => [value, value, value])

  it('of two flat pictures is that of their means alone', () => {
    const c1 = 6.5025
    expect(finish(ssim(flat(100), flat(140)))).toBeCloseTo((2 * 100 * 140 + c1) / (100 ** 2 + 140 ** 2 + c1), 9)
  })

  it('does not see colour, and is not told of pictures smaller than its window', () => {
    const tinted = finish(recolored(truth, chromaOf(truth, 0)))
    expect(finish(ssim(truth, tinted))).toBeGreaterThan(0.95)
    expect(finish(ssim(draw(10, 40, () => [9, 9, 9]), draw(10, 40, () => [9, 9, 9])))).toBeNull()
  })

  it('is near zero or below for a negative', () => {
    expect(finish(ssim(truth, draw(96, 64, (x, y) => [0, 1, 2].map((c) => 255 - truth.data[3 * (y * 96 + x) + c]!) as [number, number, number])))).toBeLessThan(0.1)
  })
})

describe('sizes', () => {
  it('come out as they should: shape kept, never enlarged, very large ones reduced', () => {
    expect(comparedSize({ width: 6000, height: 4000 }, null)).toEqual({ width: 6000, height: 4000 })
    const large = comparedSize({ width: 12_000, height: 9000 }, null)
    expect(large.width * large.height).toBeLessThan(24.01e6)
    expect(large.width / large.height).toBeCloseTo(4 / 3, 2)
    expect(comparedSize({ width: 600, height: 400 }, 300)).toEqual({ width: 300, height: 200 })
    expect(fitted({ width: 100, height: 50 }, 512)).toEqual({ width: 100, height: 50 })
  })

  it('change without shifting the picture or its mean', () => {
    const ramp = draw(64, 8, (x) => [2 * x, 255 - 2 * x, 128])
    const half = finish(resized(ramp, { width: 32, height: 8 }))
    // A pixel of the half is the mean of two neighbours: 4x + 1.
    for (let x = 3; x < 29; x++) expect(half.data[3 * (32 * 4 + x)]).toBe(4 * x + 1)
    expect(finish(resized(ramp, { width: 64, height: 8 }))).toBe(ramp)
    const twice = finish(resized(draw(5, 5, () => [10, 200, 255]), { width: 13, height: 11 }))
    expect([...new Set(twice.data)].sort((a, b) => a - b)).toEqual([10, 200, 255])
  })
})

describe('hints', () => {
  const dot = { kind: 'dot' as const, x: 0.25, y: 0.5, radius: 0.02, color: '#c83c3c' }
  const field = (radius: number): Rgb => draw(128, 96, (x, y) => (Math.hypot(x + 0.5 - 32, y + 0.5 - 48) < radius ? [200, 60, 60] : [90, 120, 160]))

  it('are obeyed where their colour stands, and reach as far as it goes', () => {
    const judged = finish(hintsOf(field(10), field(20), [dot]))
    expect(judged).toMatchObject({ count: 1, obeyed: 1, reach: 20 / 128, trueReach: 10 / 128 })
    expect(judged?.error).toBeLessThan(1e-4)
  })

  it('are missed by the distance between wanted and given colour; hidden ones do not count', () => {
    const grey = finish(recolored(field(10), oneColor(0, 0)))
    const judged = finish(hintsOf(field(10), grey, [dot]))
    expect(judged?.obeyed).toBe(0)
    expect(judged?.reach).toBe(0)
    expect(judged?.error).toBeCloseTo(Math.hypot(...finish(meanColorOf(draw(1, 1, () => [200, 60, 60])))), 1)
    expect(finish(hintsOf(field(10), grey, [{ ...dot, hidden: true }]))).toBeNull()
  })
})

describe('flicker', () => {
  const at = (shift: number): Rgb => draw(96, 64, (x, y) => [120 + 60 * Math.sin((x - shift) / 5) + 20 * Math.cos(y / 4), 100 + 50 * Math.sin((x - shift) / 5) + 20 * Math.cos(y / 4), 80 + 40 * Math.sin((x - shift) / 5)])
  const tinted = (frame: Rgb, a: number): Rgb => finish(recolored(frame, oneColor(a, 10)))

  it('is what a tint jumps by between two frames, also where the picture moves', () => {
    const judged = finish(flickerOf({ truth: at(0), output: tinted(at(0), 4) }, { truth: at(3), output: tinted(at(3), 12) }))
    expect(judged?.output).toBeCloseTo(8, 0)
    expect(judged?.truth).toBeLessThan(1)
    expect(judged?.share).toBeGreaterThan(0.8)
    expect(judged?.chroma).toBeCloseTo(Math.hypot(12, 10), 0)
  })

  it('is next to none where the colour moves with the picture, and is not told across a cut', () => {
    expect(finish(flickerOf({ truth: at(0), output: at(0) }, { truth: at(3), output: at(3) }))?.output).toBeLessThan(1)
    const other = draw(96, 64, (x) => [255 - x, 250, 250])
    expect(finish(flickerOf({ truth: at(0), output: at(0) }, { truth: other, output: other }))).toBeNull()
  })
})

describe('many pictures', () => {
  const reports = [0, 0.3, 0.6, 1, 1.2].map((strength) => reportOf(finish(recolored(truth, chromaOf(truth, strength)))))

  it('give means over pictures with an interval around them, the same each time', () => {
    const figures = figuresOfSet(reports, 'output')
    const each = reports.map((report) => figuresOfPicture(report, 'output').deltaE!)
    expect(figures.deltaE.value).toBeCloseTo(each.reduce((sum, value) => sum + value, 0) / 5, 9)
    expect(figures.deltaE.low).toBeLessThan(figures.deltaE.value!)
    expect(figures.deltaE.high).toBeGreaterThan(figures.deltaE.value!)
    expect(figuresOfSet(reports, 'output')).toEqual(figures)
    expect(figures.driftMax.value).toBe(Math.max(...reports.map(({ output }) => output.driftMax)))
  })

  it('have no interval for one picture, and no figure where no picture has one', () => {
    expect(figuresOfSet(reports.slice(0, 1), 'output').psnr).toMatchObject({ low: null, high: null })
    expect(figuresOfSet(reports, 'output').hintError).toEqual({ value: null, low: null, high: null })
  })

  it('tell the PSNR of pictures of equal size apart from all', () => {
    const mixed = reports.map((report, i) => (i < 3 ? { ...report, resizedFrom: same } : report))
    const apart = figuresOfSet(mixed, 'output')
    expect(apart.psnrSameSize.value).toBeCloseTo(figuresOfSet(reports.slice(3), 'output').psnr.value!, 9)
    expect(apart.psnr.value).not.toBeCloseTo(apart.psnrSameSize.value!, 1)
  })
})
