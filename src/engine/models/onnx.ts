import { HourglassError } from '../../contract/errors.ts'

export type Onnx = typeof import('onnxruntime-node')

let loading: Promise<Onnx> | undefined

/**
 * ONNX Runtime, loaded once and only when a network is needed: the library can fail at import on machines with
 * unfitting drivers, and most tasks do without it.
 * @throws HourglassError `missing-component` when the native library cannot be loaded
 */
export function loadOnnx(): Promise<Onnx> {
  loading ??= import('onnxruntime-node').catch((cause: unknown) => {
    loading = undefined
    throw new HourglassError(
      'missing-component',
      `ONNX Runtime, which runs the colour networks, could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Reinstall the program; `hourglass doctor` says more.',
      { cause },
    )
  })
  return loading
}
