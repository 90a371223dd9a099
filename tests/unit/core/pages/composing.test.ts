import { expect, test } from 'vitest'
import { fadeFills, fadeLines } from '../../../../src/core/pages/composing.ts'

test('lines fade towards white paper, in 8 and in 16 bit', () => {
  const eight = Uint8Array.of(0, 128, 255)
  fadeLines(eight, 0.5)
  expect([...eight]).toEqual([128, 192, 255])
  const sixteen = Uint16Array.of(0, 65535)
  fadeLines(sixteen, 0)
  expect([...sixteen]).toEqual([65535, 65535])
})

test('fills fade towards white, and places without a fill stay without one', () => {
  const fills = Int32Array.of(0x204060, -1, -2)
  fadeFills(fills, 0.5)
  expect([...fills]).toEqual([0x90a0b0, -1, -2])
  fadeFills(fills, 0)
  expect([...fills]).toEqual([0xffffff, -1, -2])
})
