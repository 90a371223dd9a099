import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '../../..')

/** A Python that has PyTorch and onnx; undefined where there is none. */
export const python = ['/usr/bin/python3', 'python3', 'python'].find((each) => spawnSync(each, ['-c', 'import torch, onnx']).status === 0)

/** @throws Error where it does not hold */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}
