import { spawnSync } from 'node:child_process'

/** A Python that trains and converts models; null where there is none. */
export const pythonWithTorch: string | null = ['/usr/bin/python3', 'python3', 'python'].find((each) => spawnSync(each, ['-c', 'import torch, onnx']).status === 0) ?? null

/** @throws Error where it does not hold */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}
