import { realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fault } from '../../core/texts/wording.ts'
import type { Input } from './inputs.ts'
import type { Target } from './outputs.ts'

export interface Originals {
  /** @throws HourglassError `not-writable` where a target is one of the inputs, this one's or another's */
  spare(target: Target): Promise<void>
}

const real = (path: string): Promise<string> => realpath(path).catch(() => path)

/** The inputs of a batch, none of which may become the target of any: not even with `--overwrite`. */
export async function originalsAmong(inputs: readonly Input[]): Promise<Originals> {
  const paths = new Set(await Promise.all(inputs.map(({ path }) => real(path))))
  return {
    async spare(target) {
      for (const path of [target.path, target.compare]) {
        if (path === null || !paths.has(join(await real(dirname(path)), basename(path)))) continue
        throw fault('not-writable', 'fault.isOneOfOriginals', 'remedy.otherNameOrFolders', { file: path })
      }
    },
  }
}
