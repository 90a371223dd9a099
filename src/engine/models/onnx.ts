import { fault } from '../../core/texts/wording.ts'

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
    throw fault('missing-component', 'fault.onnxNotLoaded', 'remedy.reinstall', { reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  })
  return loading
}
