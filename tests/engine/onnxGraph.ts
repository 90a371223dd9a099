import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { modelCard } from '../../src/contract/models.ts'
import { onnxFile, type Graph, type GraphTensor } from '../../src/engine/models/graph.ts'

const tensor = (name: string, ...shape: (number | string)[]): GraphTensor => ({ name, type: 'f32', shape })

/** rgb → rgb: each channel times its gain plus an offset, cut to 0…top: looks like a colorizer that answers RGB. */
export function tintGraph(options: { top: number; gains?: readonly [number, number, number]; offset?: number; side?: number; half?: boolean }): Graph {
  const { top, gains = [1, 0.8, 0.65], offset = 0.05 * top, half = false } = options
  const [h, w] = options.side ? [options.side, options.side] : ['h', 'w']
  const type = half ? 'f16' : 'f32'
  const inner: Graph['nodes'] = [
    { op: 'Mul', inputs: [half ? 'wide' : 'input', 'gains'], outputs: ['m'] },
    { op: 'Add', inputs: ['m', 'offset'], outputs: ['o'] },
    { op: 'Clip', inputs: ['o', 'low', 'high'], outputs: [half ? 'narrow' : 'output'] },
  ]
  return {
    inputs: [{ ...tensor('input', 1, 3, h, w), type }],
    outputs: [{ ...tensor('output', 1, 3, h, w), type }],
    constants: [
      { name: 'gains', type: 'f32', shape: [1, 3, 1, 1], values: gains },
      { name: 'offset', type: 'f32', shape: [1], values: [offset] },
      { name: 'low', type: 'f32', shape: [], values: [0] },
      { name: 'high', type: 'f32', shape: [], values: [top] },
    ],
    nodes: half
      ? [{ op: 'Cast', inputs: ['input'], outputs: ['wide'], attributes: { to: 1 } }, ...inner, { op: 'Cast', inputs: ['narrow'], outputs: ['output'], attributes: { to: 10 } }]
      : inner,
  }
}

/** As the raw weights: in and out normalised by ImageNet's mean and deviation, the colour a shift in red and blue. */
export function imageNetGraph(): Graph {
  return {
    inputs: [tensor('input', 1, 3, 'h', 'w')],
    outputs: [tensor('output', 1, 3, 'h', 'w')],
    constants: [
      { name: 'shift', type: 'f32', shape: [1, 3, 1, 1], values: [0.3, 0, -0.3] },
      { name: 'low', type: 'f32', shape: [], values: [-3] },
      { name: 'high', type: 'f32', shape: [], values: [3] },
    ],
    nodes: [
      { op: 'Add', inputs: ['input', 'shift'], outputs: ['s'] },
      { op: 'Clip', inputs: ['s', 'low', 'high'], outputs: ['output'] },
    ],
  }
}

/** planes → ab by a 1×1 convolution: a = ka · mean + ca, b = kb · mean + cb over `channels` planes. */
export function abGraph(options: { input?: string; output?: string; channels: 1 | 3; side?: number; slope?: readonly [number, number]; at0?: readonly [number, number] }): Graph {
  const { input = 'input', output = 'output', channels, slope = [20, -30], at0 = [0, 10] } = options
  const [h, w] = options.side ? [options.side, options.side] : ['h', 'w']
  return {
    inputs: [tensor(input, 1, channels, h, w)],
    outputs: [tensor(output, 1, 2, h, w)],
    constants: [
      { name: 'weights', type: 'f32', shape: [2, channels, 1, 1], values: slope.flatMap((k) => Array.from({ length: channels }, () => k / channels)) },
      { name: 'bias', type: 'f32', shape: [2], values: at0 },
    ],
    nodes: [{ op: 'Conv', inputs: [input, 'weights', 'bias'], outputs: [output], attributes: { kernel_shape: [1, 1] } }],
  }
}

/** L, ab and mask → ab/110: the hint where there is one, a grey-blue elsewhere. */
export function hintGraph(): Graph {
  return {
    inputs: [tensor('L', 1, 1, 'h', 'w'), tensor('ab', 1, 2, 'h', 'w'), tensor('mask', 1, 1, 'h', 'w')],
    outputs: [tensor('out_ab', 1, 2, 'h', 'w')],
    constants: [{ name: 'base', type: 'f32', shape: [2, 1, 1, 1], values: [0.01, -0.1] }],
    nodes: [
      { op: 'Mul', inputs: ['ab', 'mask'], outputs: ['hinted'] },
      { op: 'Conv', inputs: ['L', 'base'], outputs: ['plain'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Add', inputs: ['hinted', 'plain'], outputs: ['out_ab'] },
    ],
  }
}

/** rgb → rgb four times as large, every pixel a block. */
export function enlargeGraph(side: number | null): Graph {
  const [h, w] = side ? [side, side] : ['h', 'w']
  const [bigH, bigW] = side ? [4 * side, 4 * side] : ['H', 'W']
  const weights = Array.from({ length: 48 }, (_, out) => [0, 1, 2].map((channel) => (out % 3 === channel ? 1 : 0))).flat()
  return {
    inputs: [tensor('input', 1, 3, h, w)],
    outputs: [tensor('output', 1, 3, bigH, bigW)],
    constants: [{ name: 'weights', type: 'f32', shape: [48, 3, 1, 1], values: weights }],
    nodes: [
      { op: 'Conv', inputs: ['input', 'weights'], outputs: ['c'], attributes: { kernel_shape: [1, 1] } },
      { op: 'DepthToSpace', inputs: ['c'], outputs: ['output'], attributes: { blocksize: 4, mode: 'DCR' } },
    ],
  }
}

/** rgb → rgb a little darker: a repairer that one can recognise. */
export function darkenGraph(by: number): Graph {
  return {
    inputs: [tensor('input', 1, 3, 'h', 'w')],
    outputs: [tensor('output', 1, 3, 'h', 'w')],
    constants: [{ name: 'k', type: 'f32', shape: [1], values: [by] }],
    nodes: [{ op: 'Mul', inputs: ['input', 'k'], outputs: ['output'] }],
  }
}

/** image and mask → 0…255: the image, red in the hole. */
export function fillGraph(side: number): Graph {
  return {
    inputs: [tensor('image', 1, 3, side, side), tensor('mask', 1, 1, side, side)],
    outputs: [tensor('output', 1, 3, side, side)],
    constants: [
      { name: 'one', type: 'f32', shape: [1], values: [1] },
      { name: 'k', type: 'f32', shape: [1], values: [255] },
      { name: 'red', type: 'f32', shape: [1, 3, 1, 1], values: [255, 0, 0] },
    ],
    nodes: [
      { op: 'Sub', inputs: ['one', 'mask'], outputs: ['outside'] },
      { op: 'Mul', inputs: ['image', 'outside'], outputs: ['kept'] },
      { op: 'Mul', inputs: ['kept', 'k'], outputs: ['scaled'] },
      { op: 'Mul', inputs: ['mask', 'red'], outputs: ['filled'] },
      { op: 'Add', inputs: ['scaled', 'filled'], outputs: ['output'] },
    ],
  }
}

/** L → ab, but only at one size: any other fails inside the run, as a lack of memory would. */
export function onlyAtGraph(width: number, height: number): Graph {
  const graph = abGraph({ channels: 1 })
  return {
    ...graph,
    inputs: [tensor('input', 1, 1, 'h', 'w')],
    constants: [...(graph.constants ?? []), { name: 'fixed', type: 'f32', shape: [1, 1, height, width], values: new Array<number>(width * height).fill(0) }],
    nodes: [{ op: 'Add', inputs: ['input', 'fixed'], outputs: ['sized'] }, ...graph.nodes.map((node) => ({ ...node, inputs: ['sized', 'weights', 'bias'] }))],
  }
}

/** L → ab, every value not a number. */
export function nanGraph(): Graph {
  return abGraph({ channels: 1, slope: [Number.NaN, Number.NaN] })
}

/** rgb → its three means: features whose Gaussians can be worked out by hand. */
export function meansGraph(channelsLast = false): Graph {
  return {
    inputs: [{ name: 'image', type: 'f32', shape: channelsLast ? [1, 24, 24, 3] : [1, 3, 'h', 'w'] }],
    outputs: [{ name: 'features', type: 'f32', shape: channelsLast ? [1, 1, 1, 3] : [1, 3, 1, 1] }],
    nodes: channelsLast ? [{ op: 'ReduceMean', inputs: ['image'], outputs: ['features'], attributes: { axes: [1, 2], keepdims: 1 } }] : [{ op: 'GlobalAveragePool', inputs: ['image'], outputs: ['features'] }],
  }
}

/**
 * A network of two halves, as `runWithStatistics` takes them: it measures sum and maximum of each channel, and paints the
 * 3×3 mean of the neighbours plus a half of the channel's mean less a quarter of its maximum. Unlike a real one it does both each time.
 */
export function statisticsGraph(): Graph {
  // A convolution of one 1 in the middle cuts a border off; depthwise, [3, 1, side, side].
  const spot = (side: number): number[] => Array.from({ length: 3 * side * side }, (_, i) => (i % (side * side) === (side * side - 1) / 2 ? 1 : 0))
  return {
    inputs: [tensor('image', 1, 3, 'h', 'w'), tensor('inside', 1, 1, 'h', 'w'), tensor('statistics', 1, 6, 1, 1), tensor('apply', 1)],
    outputs: [tensor('output', 1, 3, 'oh', 'ow'), tensor('sum', 1, 3, 1, 1), tensor('maximum', 1, 3, 1, 1)],
    constants: [
      { name: 'cut', type: 'f32', shape: [3, 1, 5, 5], values: spot(5) },
      { name: 'mix', type: 'f32', shape: [3, 6, 1, 1], values: [0, 1, 2].flatMap((c) => [0, 1, 2, 3, 4, 5].map((i) => (i === c ? 0.5 : i === c + 3 ? -0.25 : 0))) },
      { name: 'zero', type: 'f32', shape: [1], values: [0] },
    ],
    nodes: [
      { op: 'Mul', inputs: ['image', 'inside'], outputs: ['shown'] },
      { op: 'Conv', inputs: ['shown', 'cut'], outputs: ['core'], attributes: { kernel_shape: [5, 5], group: 3 } },
      { op: 'ReduceL1', inputs: ['core'], outputs: ['sum'], attributes: { axes: [2, 3], keepdims: 1 } },
      { op: 'ReduceMax', inputs: ['core'], outputs: ['maximum'], attributes: { axes: [2, 3], keepdims: 1 } },
      { op: 'AveragePool', inputs: ['image'], outputs: ['soft'], attributes: { kernel_shape: [3, 3] } },
      { op: 'Conv', inputs: ['statistics', 'mix'], outputs: ['constant'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Mul', inputs: ['apply', 'zero'], outputs: ['nothing'] },
      { op: 'Add', inputs: ['soft', 'constant'], outputs: ['painted'] },
      { op: 'Add', inputs: ['painted', 'nothing'], outputs: ['output'] },
    ],
  }
}

/** Writes a graph as a file; answers path, hash and length. */
export function writeGraph(path: string, graph: Graph): { path: string; sha256: string; bytes: number } {
  const bytes = onnxFile(graph)
  writeFileSync(path, bytes)
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
}

type Card = z.input<typeof modelCard>

/** A colorizer's card whose network is `abGraph` with one channel. */
export const plainCard: Omit<Card, 'file' | 'sha256' | 'bytes'> = {
  id: 'colorize-test',
  title: 'Test',
  task: 'colorize',
  licence: { spdx: 'MIT', commercial: true },
  source: 'tests',
  inputs: [{ role: 'lightness', name: 'input', channels: 1, build: 'lightness', range: [0, 1] }],
  outputs: [{ name: 'output', meaning: 'ab' }],
  size: { mode: 'free', multiple: 16, min: 32, max: 1024, fit: 'keep' },
  renderFactor: { default: 12 },
}

/** What the card of `statisticsGraph` says, apart from `plainCard`. */
export const statisticsCard = {
  task: 'film-look',
  inputs: [
    { role: 'image', name: 'image', build: 'rgb' },
    { role: 'inside', name: 'inside', channels: 1, build: 'inside' },
    { role: 'statistics', name: 'statistics', channels: 6, build: 'statistics' },
    { role: 'apply', name: 'apply', channels: 1, build: 'scalar' },
  ],
  outputs: [
    { name: 'output', meaning: 'rgb' },
    { name: 'sum', meaning: 'sum' },
    { name: 'maximum', meaning: 'maximum' },
  ],
  size: { mode: 'free', multiple: 1, min: 1, max: 4096, fit: 'keep' },
  tile: { size: 32, overlap: 0 },
} satisfies Partial<Card>

/** Writes a model's folder: weights and card. */
export function writeModel(folder: string, graph: Graph, card: Partial<Card> = {}): string {
  mkdirSync(folder, { recursive: true })
  const { sha256, bytes } = writeGraph(join(folder, 'model.onnx'), graph)
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ ...plainCard, file: 'model.onnx', sha256, bytes, ...card }))
  return folder
}

/** L and hints with their mask → albedo: the hint's own colour where there is one, one blue elsewhere. */
export function pageGraph(elsewhere: readonly [number, number, number]): Graph {
  return {
    inputs: [tensor('L', 1, 1, 'h', 'w'), tensor('hint', 1, 4, 'h', 'w')],
    outputs: [tensor('albedo', 1, 3, 'h', 'w')],
    constants: [
      // albedo = rgb + (1 − mask) · elsewhere, and nothing of L.
      { name: 'mix', type: 'f32', shape: [3, 4, 1, 1], values: elsewhere.flatMap((value, i) => [...[0, 1, 2].map((channel) => (channel === i ? 1 : 0)), -value]) },
      { name: 'base', type: 'f32', shape: [3], values: elsewhere },
      { name: 'zero', type: 'f32', shape: [1], values: [0] },
    ],
    nodes: [
      { op: 'Conv', inputs: ['hint', 'mix', 'base'], outputs: ['mixed'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Mul', inputs: ['L', 'zero'], outputs: ['nothing'] },
      { op: 'Add', inputs: ['mixed', 'nothing'], outputs: ['albedo'] },
    ],
  }
}

/** What the card of `pageGraph` says, apart from `plainCard`. */
export const pageCard = {
  id: 'colorize-page-stand-in',
  task: 'colorize-page',
  inputs: [
    { role: 'lightness', name: 'L', channels: 1, build: 'lightness', range: [0, 100] },
    { role: 'hint', name: 'hint', channels: 4, build: 'hintRgbMask', range: [0, 1] },
  ],
  outputs: [{ name: 'albedo', meaning: 'rgb' }],
  size: { mode: 'free', multiple: 32, min: 64, max: 512, fit: 'keep' },
} satisfies Partial<Card>
