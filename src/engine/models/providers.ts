import type { InferenceSession } from 'onnxruntime-node'
import type { ProviderName } from '../../contract/settings.ts'

/** What is known of an execution provider before it has been tried. */
export interface Provider {
  readonly name: ProviderName
  readonly title: string
  /** Systems on which ONNX Runtime's Node package carries it, as `platform-arch`; null: everywhere. */
  readonly systems: readonly string[] | null
  /** What to do when it does not work though it might. */
  readonly remedy: string
  /** Free dimensions slow it down or fail: sessions are then made per input size. */
  readonly fixedShapes: boolean
  readonly options: Readonly<Partial<InferenceSession.SessionOptions>>
}

/** One row a provider, fastest first among those that share a system; `cpu` is the fallback of all. */
export const providers: readonly Provider[] = [
  {
    name: 'cuda',
    title: 'NVIDIA CUDA',
    systems: ['linux-x64'],
    remedy: 'Install an NVIDIA driver, CUDA 12 and cuDNN 9, then run the installation again so that the CUDA part of ONNX Runtime is fetched.',
    fixedShapes: false,
    options: {},
  },
  {
    name: 'dml',
    title: 'DirectML',
    systems: ['win32-x64', 'win32-arm64'],
    remedy: 'Update the driver of the graphics card.',
    fixedShapes: true,
    // DirectML demands sequential execution without memory patterns (ONNX Runtime, DirectML execution provider).
    options: { enableMemPattern: false, executionMode: 'sequential' },
  },
  { name: 'coreml', title: 'Core ML', systems: ['darwin-arm64', 'darwin-x64'], remedy: 'Update macOS.', fixedShapes: true, options: {} },
  {
    name: 'webgpu',
    title: 'WebGPU',
    systems: ['linux-x64', 'win32-x64', 'win32-arm64', 'darwin-arm64'],
    remedy: 'Install a Vulkan, Direct3D 12 or Metal driver for the graphics card.',
    fixedShapes: false,
    options: {},
  },
  { name: 'cpu', title: 'Processor', systems: null, remedy: '', fixedShapes: false, options: {} },
]

/** The row of one provider. */
export function providerOf(name: ProviderName): Provider {
  const found = providers.find((provider) => provider.name === name)
  if (!found) throw new Error(`no provider ${name}`)
  return found
}

/** Whether this system's build of ONNX Runtime can carry the provider at all. */
export function carriedHere(provider: Provider): boolean {
  return provider.systems === null || provider.systems.includes(`${process.platform}-${process.arch}`)
}

/**
 * Options of a session on one provider. Only one is named: a list with an unusable one fails as a whole.
 * Spinning is off, so that waiting threads leave the processor to others; memory patterns are off, since free
 * shapes would keep one a shape.
 */
export function sessionOptions(name: ProviderName, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [name],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    ...providerOf(name).options,
  }
}
