import { expect, it } from 'vitest'
import { modelCard } from '../../../src/contract/models.ts'
import { allowedFactor } from '../../../src/engine/steps/factor.ts'

const card = (memory?: { bytesPerPixel: number }) =>
  modelCard.parse({
    id: 'colorize-of-tests',
    title: 'Of the tests',
    task: 'colorize',
    file: 'model.onnx',
    sha256: 'a'.repeat(64),
    bytes: 4,
    licence: { spdx: 'MIT', commercial: true },
    source: 'drawn by the test',
    inputs: [{ role: 'lightness', name: 'L', channels: 1, build: 'lightness' }],
    outputs: [{ name: 'ab', meaning: 'ab' }],
    size: { mode: 'free' },
    renderFactor: { default: 12, min: 10 },
    ...(memory ? { memory } : {}),
  })
const square = (factor: number): number => (16 * factor) ** 2
/** Room for so many pixels of a kilobyte each. */
const room = (pixels: number) => ({ limitMb: 600, roomMb: pixels / 1024 })
const kilobyte = { bytesPerPixel: 1024 }

it('a factor that the memory setting does not hold is lowered to the highest that it does, and that is said', () => {
  expect(allowedFactor(card(kilobyte), 24, square, room(square(24)))).toEqual({ factor: 24, notes: [] })
  const lowered = allowedFactor(card(kilobyte), 40, square, room(square(20) + 1))
  expect(lowered).toMatchObject({ factor: 20, notes: [{ code: 'factor-lowered', message: expect.stringMatching(/600 MB.*40.*20/) }] })
})

it('below the lowest factor of the card it is refused with what is needed', () => {
  expect(() => allowedFactor(card(kilobyte), 30, square, room(100))).toThrow(expect.objectContaining({ code: 'too-large', message: expect.stringContaining('600 MB'), remedy: expect.stringContaining('HOURGLASS_MEMORY_MB') }))
})

it('a card that tells nothing of its memory, or has no factor, is left alone', () => {
  expect(allowedFactor(card(), 45, square, room(1))).toEqual({ factor: 45, notes: [] })
  expect(allowedFactor(card(kilobyte), null, square, room(1))).toEqual({ factor: null, notes: [] })
})
