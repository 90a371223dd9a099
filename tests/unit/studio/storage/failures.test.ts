import { expect, test } from 'vitest'
import { writeFailure } from '../../../../src/studio/storage/failures.ts'

test('a folder that cannot be made on a read-only disk, which Node tells as ENOENT, is “not writable”', () => {
  const thrown = Object.assign(new Error("ENOENT: no such file or directory, mkdir '/mnt/data'"), { code: 'ENOENT' })
  expect(writeFailure(thrown, '/mnt/data')).toMatchObject({ code: 'not-writable', message: '/mnt/data cannot be written.' })
})
