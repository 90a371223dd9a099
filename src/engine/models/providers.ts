import type { InferenceSession } from 'onnxruntime-node'
import type { ProviderName } from '../../contract/settings.ts'
import type { Said, TextValue } from '../../contract/texts.ts'
import { phrase, worded } from '../../core/texts/wording.ts'

/** What is known of an execution provider before it has been tried. */
export interface Provider {
  readonly name: ProviderName
  readonly title: string
  /** Systems on which ONNX Runtime's Node package carries it, as `platform-arch`; null: everywhere. */
  readonly systems: readonly string[] | null
  /** What to do when it does not work though it might; null: nothing that is known. */
  readonly remedy: Said | null
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
    remedy: phrase('check.remedy.cuda'),
    fixedShapes: false,
    options: {},
  },
  {
    name: 'dml',
    title: 'DirectML',
    systems: ['win32-x64', 'win32-arm64'],
    remedy: phrase('check.remedy.dml'),
    fixedShapes: true,
    // DirectML demands sequential execution without memory patterns (ONNX Runtime, DirectML execution provider).
    options: { enableMemPattern: false, executionMode: 'sequential' },
  },
  { name: 'coreml', title: 'Core ML', systems: ['darwin-arm64', 'darwin-x64'], remedy: phrase('check.remedy.coreml'), fixedShapes: true, options: {} },
  {
    name: 'webgpu',
    title: 'WebGPU',
    systems: ['linux-x64', 'win32-x64', 'win32-arm64', 'darwin-arm64'],
    remedy: phrase('check.remedy.webgpu'),
    fixedShapes: false,
    options: {},
  },
  { name: 'cpu', title: 'Processor', systems: null, remedy: null, fixedShapes: false, options: {} },
]

/** What a provider is called in a text. */
export const titleOf = ({ name, title }: Provider): TextValue => (name === 'cpu' ? worded('check.processor') : title)

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
