/**
 * Writes small ONNX files. The warm-up of a provider runs such a graph, and so do the tests, whose stand-ins have
 * the tensors of well-known networks. Field numbers are those of onnx.proto3 (ONNX 1.12, IR 8, opset 17).
 */

/** Element types of onnx.TensorProto.DataType. */
export const elementTypes = { f32: 1, i64: 7, f16: 10, f64: 11 } as const
export type ElementType = keyof typeof elementTypes

export interface GraphTensor {
  readonly name: string
  readonly type: ElementType
  /** A number is fixed, a text names a free dimension. */
  readonly shape: readonly (number | string)[]
}

export interface GraphConstant {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

export interface GraphNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, number | string | readonly number[] | { readonly float: number }>>
}

export interface Graph {
  readonly inputs: readonly GraphTensor[]
  readonly outputs: readonly GraphTensor[]
  readonly constants?: readonly GraphConstant[]
  readonly nodes: readonly GraphNode[]
}

type Bytes = Uint8Array

function joined(parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function varint(value: number): Bytes {
  const out: number[] = []
  let rest = BigInt.asUintN(64, BigInt(Math.trunc(value)))
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    out.push(rest > 0n ? low | 128 : low)
  } while (rest > 0n)
  return Uint8Array.from(out)
}

const integer = (field: number, value: number): Bytes => joined([varint(field << 3), varint(value)])
const block = (field: number, bytes: Bytes): Bytes => joined([varint((field << 3) | 2), varint(bytes.length), bytes])
const text = (field: number, value: string): Bytes => block(field, new TextEncoder().encode(value))

function float(field: number, value: number): Bytes {
  return joined([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)])
}

function rawValues(constant: GraphConstant): Bytes {
  switch (constant.type) {
    case 'f32':
      return new Uint8Array(Float32Array.from(constant.values).buffer)
    case 'f64':
      return new Uint8Array(Float64Array.from(constant.values).buffer)
    case 'i64':
      return new Uint8Array(BigInt64Array.from(constant.values, (value) => BigInt(value)).buffer)
    case 'f16':
      return new Uint8Array(Uint16Array.from(constant.values, halfBits).buffer)
  }
}

/** IEEE 754 binary16 bits of a number, rounded to nearest. */
export function halfBits(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 112
  const mantissa = bits & 0x7fffff
  if (exponent >= 31) return sign | 0x7c00 | (exponent === 143 && mantissa ? 0x200 : 0)
  if (exponent > 0) return sign | (((exponent << 23) | mantissa) + 0x1000) >>> 13
  if (exponent < -10) return sign
  return sign | (((mantissa | 0x800000) >>> (1 - exponent)) + 0x1000) >>> 13
}

/** The number that IEEE 754 binary16 bits stand for. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 31
  const mantissa = bits & 0x3ff
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1 + mantissa / 1024) * 2 ** (exponent - 15)
}

function constantProto(constant: GraphConstant): Bytes {
  return joined([...constant.shape.map((side) => integer(1, side)), integer(2, elementTypes[constant.type]), text(8, constant.name), block(9, rawValues(constant))])
}

function tensorProto(tensor: GraphTensor): Bytes {
  const dimensions = tensor.shape.map((side) => block(1, typeof side === 'number' ? integer(1, side) : text(2, side)))
  const type = joined([integer(1, elementTypes[tensor.type]), block(2, joined(dimensions))])
  return joined([text(1, tensor.name), block(2, block(1, type))])
}

function attributeProto(name: string, value: number | string | readonly number[] | { readonly float: number }): Bytes {
  if (typeof value === 'number') return joined([text(1, name), integer(3, value), integer(20, 2)])
  if (typeof value === 'string') return joined([text(1, name), text(4, value), integer(20, 3)])
  if ('float' in value) return joined([text(1, name), float(2, value.float), integer(20, 1)])
  return joined([text(1, name), ...value.map((item) => integer(8, item)), integer(20, 7)])
}

function nodeProto(node: GraphNode): Bytes {
  return joined([
    ...node.inputs.map((input) => text(1, input)),
    ...node.outputs.map((output) => text(2, output)),
    text(4, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) => block(5, attributeProto(name, value))),
  ])
}

/** The bytes of an `.onnx` file with this graph. */
export function onnxFile(graph: Graph): Uint8Array {
  const body = joined([
    ...graph.nodes.map((node) => block(1, nodeProto(node))),
    text(2, 'graph'),
    ...(graph.constants ?? []).map((constant) => block(5, constantProto(constant))),
    ...graph.inputs.map((tensor) => block(11, tensorProto(tensor))),
    ...graph.outputs.map((tensor) => block(12, tensorProto(tensor))),
  ])
  return joined([integer(1, 8), text(2, 'hourglass'), block(7, body), block(8, joined([text(1, ''), integer(2, 17)]))])
}

/** The warm-up graph of provider probes: a 3×3 convolution, a rectifier and a sum, so that real kernels run. */
export function warmUpGraph(): Uint8Array {
  return onnxFile({
    inputs: [{ name: 'x', type: 'f32', shape: [1, 1, 32, 32] }],
    outputs: [{ name: 'y', type: 'f32', shape: [1, 1, 32, 32] }],
    constants: [{ name: 'w', type: 'f32', shape: [1, 1, 3, 3], values: [0.1, -0.2, 0.3, 0.4, 0.5, -0.1, 0.2, 0.1, -0.3] }],
    nodes: [
      { op: 'Conv', inputs: ['x', 'w'], outputs: ['c'], attributes: { pads: [1, 1, 1, 1], kernel_shape: [3, 3] } },
      { op: 'Relu', inputs: ['c'], outputs: ['r'] },
      { op: 'Add', inputs: ['r', 'x'], outputs: ['y'] },
    ],
  })
}
