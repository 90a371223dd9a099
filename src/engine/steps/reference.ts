import type { NetworkChroma } from '../kernels/compose.ts'
export async function referenceColors(network: NetworkChroma, _path: string): Promise<{ a: Float32Array; b: Float32Array }> {
  return network
}
