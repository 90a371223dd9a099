import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { readFailure } from './failures.ts'
import { release } from './samples.ts'

const chunkBytes = 1 << 20

/** SHA-256 of a file's bytes as lower-case hex, read in pieces of 1 MB. Throws `bad-input` when it cannot be read. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  try {
    const file = await open(path, 'r')
    const chunk = Buffer.allocUnsafeSlow(chunkBytes)
    try {
      const hash = createHash('sha256')
      for (;;) {
        signal?.throwIfAborted()
        const { bytesRead } = await file.read(chunk, 0, chunkBytes, null)
        if (bytesRead === 0) return hash.digest('hex')
        hash.update(chunk.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
      release(chunk)
    }
  } catch (thrown) {
    throw readFailure(path, thrown)
  }
}
