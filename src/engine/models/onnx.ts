import { fault } from '../../core/texts/wording.ts'

export type Onnx = typeof import('onnxruntime-node')

let loading: Promise<Onnx> | undefined

/**
 * From 1.29 on, the published builds of ONNX Runtime for Linux and macOS report what they run to their maker, and keep an id of the
 * machine in the user's home. This variable, seen before the library is loaded, stops both; on Windows the system's own
 * diagnostic setting governs. Must be called on the main thread of the process that loads the library.
 */
export function keepOnnxSilent(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
}

/**
 * ONNX Runtime, loaded once and only when a network is needed: the library can fail at import on machines with
 * unfitting drivers, and most tasks do without it.
 * @throws HourglassError `missing-component` when the native library cannot be loaded
 */
export function loadOnnx(): Promise<Onnx> {
  keepOnnxSilent()
  loading ??= import('onnxruntime-node').catch((cause: unknown) => {
    loading = undefined
    throw fault('missing-component', 'fault.onnxNotLoaded', 'remedy.reinstall', { reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  })
  return loading
}
