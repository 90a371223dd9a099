import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ProxyReader } from '../../../src/renderer/film/proxy/ProxyReader.ts'

/** 100 frames; frame n is n + 1 bytes of the value n. */
const offsets = Array.from({ length: 101 }, (_, n) => (n * (n + 1)) / 2)
const file = Uint8Array.from(Array.from({ length: 100 }, (_, n) => Array.from({ length: n + 1 }, () => n)).flat())
const asked: string[] = []
const pictures = new Map<string, Blob>()
let isGone = false

beforeEach(() => {
  asked.length = 0
  pictures.clear()
  isGone = false
  vi.stubGlobal('fetch', (_: string, { headers }: { headers: { Range: string } }) => {
    asked.push(headers.Range)
    const [from = 0, to = 0] = (/bytes=(\d+)-(\d+)/.exec(headers.Range) ?? []).slice(1).map(Number)
    return Promise.resolve(isGone ? { status: 404 } : { status: 206, blob: () => Promise.resolve(new Blob([file.slice(from, to + 1)])) })
  })
  vi.spyOn(URL, 'createObjectURL').mockImplementation((picture) => {
    const address = `blob:${pictures.size}`
    pictures.set(address, picture as Blob)
    return address
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => void pictures.delete(address))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const frameAt = async (address: string) => [...new Uint8Array(await (pictures.get(address) as Blob).arrayBuffer())]

test('a picture of a proxy is that of the very frame, the first and the last too', async () => {
  const reader = new ProxyReader('proxy', { offsets })
  for (const n of [0, 23, 24, 57, 99]) expect(await frameAt(await reader.address(n, 1))).toEqual(Array.from({ length: n + 1 }, () => n))
})

test('neighbours are fetched once and ahead of the playhead, whichever way it goes', async () => {
  const reader = new ProxyReader('proxy', { offsets })
  for (let n = 30; n < 40; n++) await reader.address(n, 1)
  expect(asked).toEqual([`bytes=${offsets[24]}-${(offsets[48] as number) - 1}`, `bytes=${offsets[48]}-${(offsets[72] as number) - 1}`])
  await reader.address(30, -1)
  expect(asked).toHaveLength(3)
  expect(asked[2]).toBe(`bytes=0-${(offsets[24] as number) - 1}`)
})

test('a proxy that is gone is said to be, and asked for again with the next question', async () => {
  const reader = new ProxyReader('proxy', { offsets })
  isGone = true
  await expect(reader.address(5, -1)).rejects.toThrow('404')
  isGone = false
  expect(await frameAt(await reader.address(5, -1))).toHaveLength(6)
})

test('addresses that are long off the screen are given back', async () => {
  const reader = new ProxyReader('proxy', { offsets })
  for (let n = 0; n < 100; n++) await reader.address(n, 1)
  expect(pictures.size).toBeLessThan(60)
  reader.close()
  expect(pictures.size).toBe(0)
})
