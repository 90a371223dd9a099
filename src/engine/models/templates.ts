import type { z } from 'zod'
import type { modelCard, modelInput, modelOutput } from '../../contract/models.ts'

type Card = z.input<typeof modelCard>
type Input = z.input<typeof modelInput>
type Output = z.input<typeof modelOutput>

/** All of a card but what the file itself tells: id comes from the name, file, hash and bytes from the file. */
export type Template = Omit<Card, 'id' | 'file' | 'sha256' | 'bytes'> & { readonly id: string }

const image = (more: Partial<Input> = {}): Input => ({ role: 'image', name: 'input', build: 'rgb', range: [0, 1], ...more })
const rgb = (more: Partial<Output> = {}): Output => ({ name: 'output', meaning: 'rgb', ...more })
const ab = (more: Partial<Output> = {}): Output => ({ name: 'output', meaning: 'ab', ...more })

const mit = { spdx: 'MIT', commercial: true }
const apache = { spdx: 'Apache-2.0', commercial: true }
const bsd = { spdx: 'BSD-2-Clause', commercial: true }

/** DeOldify's slider is its size: side = 16 × factor, the whole picture stretched to a square. */
const deoldify = {
  task: 'colorize',
  licence: { ...mit, url: 'https://github.com/jantic/DeOldify' },
  source: 'jantic/DeOldify',
  inputs: [image({ build: 'greyRgb', range: 'probe' })],
  outputs: [rgb({ scale: 'probe' })],
  size: { mode: 'square', multiple: 32, min: 192, max: 720, default: 560, fit: 'stretch' },
  renderFactor: { default: 35, min: 12, max: 45 },
  defaults: { edgeRepair: 1 },
  providers: { deny: ['coreml'], note: 'colours come out wrong there' },
} as const satisfies Omit<Template, 'id' | 'title'>

/** Cards of networks that many people have, by the names their files go by. */
export const templates = {
  'deoldify-artistic': { ...deoldify, id: 'colorize-deoldify-artistic', title: 'DeOldify artistic' },
  'deoldify-stable': { ...deoldify, id: 'colorize-deoldify-stable', title: 'DeOldify stable' },
  'deoldify-video': { ...deoldify, id: 'colorize-deoldify-video', title: 'DeOldify video', renderFactor: { default: 21, min: 12, max: 45 } },
  /** One whose export fixed the size. */
  'deoldify-fixed': {
    ...deoldify,
    id: 'colorize-deoldify-fixed',
    title: 'DeOldify (fixed size)',
    size: { mode: 'fixed', multiple: 32, default: 256, fit: 'stretch' },
    renderFactor: undefined,
  },
  ddcolor: {
    id: 'colorize-ddcolor',
    title: 'DDColor',
    task: 'colorize',
    licence: { ...apache, url: 'https://github.com/piddnad/DDColor' },
    source: 'piddnad/DDColor',
    inputs: [image({ build: 'labGreyRgb' })],
    outputs: [ab()],
    size: { mode: 'square', multiple: 32, min: 192, max: 512, default: 512, fit: 'stretch' },
    renderFactor: { default: 32, min: 12, max: 32 },
    providers: { deny: ['coreml'] },
  },
  'ddcolor-fixed': {
    id: 'colorize-ddcolor',
    title: 'DDColor',
    task: 'colorize',
    licence: { ...apache, url: 'https://github.com/piddnad/DDColor' },
    source: 'piddnad/DDColor',
    inputs: [image({ build: 'labGreyRgb' })],
    outputs: [ab()],
    size: { mode: 'fixed', multiple: 32, default: 512, fit: 'stretch' },
    providers: { deny: ['coreml'] },
  },
  eccv16: {
    id: 'colorize-eccv16',
    title: 'Colorful Image Colorization (2016)',
    task: 'colorize',
    licence: { ...bsd, url: 'https://github.com/richzhang/colorization' },
    source: 'richzhang/colorization',
    inputs: [{ role: 'lightness', name: 'input', alternatives: ['input.1'], channels: 1, build: 'lightness', range: [0, 100] }],
    outputs: [ab()],
    size: { mode: 'fixed', multiple: 8, default: 256, fit: 'stretch' },
  },
  siggraph17: {
    id: 'colorize-siggraph17',
    title: 'Real-Time User-Guided Colorization (2017)',
    task: 'colorize',
    licence: { ...bsd, url: 'https://github.com/richzhang/colorization' },
    source: 'richzhang/colorization',
    inputs: [{ role: 'lightness', name: 'input', alternatives: ['input.1'], channels: 1, build: 'lightness', range: [0, 100] }],
    outputs: [ab()],
    size: { mode: 'fixed', multiple: 8, default: 256, fit: 'stretch' },
  },
  'siggraph17-hints': {
    id: 'colorize-siggraph17-hints',
    title: 'Real-Time User-Guided Colorization (2017), with hints',
    task: 'colorize',
    licence: { ...mit, url: 'https://github.com/junyanz/interactive-deep-colorization' },
    source: 'junyanz/interactive-deep-colorization',
    inputs: [
      // L* from 0…100 to −0.5…0.5, ab over 110, the mask 0 or 1: as the published weights were trained.
      { role: 'lightness', name: 'L', alternatives: ['input', 'input_l'], channels: 1, build: 'lightness', range: [-0.5, 0.5] },
      { role: 'hintAb', name: 'ab', alternatives: ['input_ab', 'hint'], channels: 2, build: 'hintAb', range: [-128 / 110, 128 / 110] },
      { role: 'hintMask', name: 'mask', alternatives: ['input_mask'], channels: 1, build: 'hintMask', range: [0, 1] },
    ],
    outputs: [ab({ name: 'out_ab', alternatives: ['output'], scale: 110 })],
    size: { mode: 'free', multiple: 8, min: 64, max: 512, default: 256, fit: 'keep' },
    renderFactor: { default: 16, min: 7, max: 32 },
  },
  'real-esrgan': {
    id: 'super-resolution-real-esrgan',
    title: 'Real-ESRGAN',
    task: 'super-resolution',
    licence: { spdx: 'BSD-3-Clause', commercial: true, url: 'https://github.com/xinntao/Real-ESRGAN' },
    source: 'xinntao/Real-ESRGAN',
    inputs: [image()],
    outputs: [rgb({ stride: 0.25 })],
    size: { mode: 'free', multiple: 4, min: 16, max: 512, fit: 'keep' },
    tile: { size: 256, overlap: 24 },
  },
  scunet: {
    id: 'denoise-scunet',
    title: 'SCUNet',
    task: 'denoise',
    licence: { ...apache, url: 'https://github.com/cszn/SCUNet' },
    source: 'cszn/SCUNet',
    inputs: [image()],
    outputs: [rgb()],
    size: { mode: 'free', multiple: 64, min: 64, max: 512, fit: 'keep' },
    tile: { size: 256, overlap: 32 },
  },
  nafnet: {
    id: 'deblur-nafnet',
    title: 'NAFNet',
    task: 'deblur',
    licence: { ...mit, url: 'https://github.com/megvii-research/NAFNet' },
    source: 'megvii-research/NAFNet',
    inputs: [image({ alternatives: ['lq'] })],
    outputs: [rgb()],
    size: { mode: 'free', multiple: 16, min: 64, max: 512, fit: 'keep' },
    tile: { size: 256, overlap: 32 },
  },
  lama: {
    id: 'inpaint-lama',
    title: 'LaMa',
    task: 'inpaint',
    licence: { ...apache, url: 'https://github.com/advimman/lama' },
    source: 'advimman/lama',
    inputs: [image({ name: 'image' }), { role: 'mask', name: 'mask', channels: 1, build: 'mask', range: [0, 1] }],
    // The published export answers in 0…255.
    outputs: [rgb({ scale: 1 / 255 })],
    size: { mode: 'fixed', multiple: 8, default: 512, fit: 'crop' },
  },
} as const satisfies Record<string, Template>

export type TemplateName = keyof typeof templates
