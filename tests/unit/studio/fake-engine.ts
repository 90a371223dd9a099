import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { engineTasks, type EngineInput, type EngineProcess, type EngineTaskName, type FromEngine, type SpawnEngine, type ToEngine } from '../../../src/contract/engine.ts'
import { asHourglassError, HourglassError } from '../../../src/contract/errors.ts'
import type { PictureInfo, RenderFigures } from '../../../src/contract/pictures.ts'

type Handlers = { [Name in EngineTaskName]?: (input: EngineInput<Name>, task: FakeTask) => unknown }

export interface FakeTask {
  readonly cancelled: Promise<void>
  progress(done: number): void
}

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

export const figures: RenderFigures = {
  width: 40,
  height: 30,
  depth: 8,
  model: { id: 'colorize-test', sha256: 'a'.repeat(64) },
  provider: 'cpu',
  providerNote: null,
  renderFactor: 12,
  networkSize: [192, 144],
  lumaDrift: { mean: 0.01, max: 0.2 },
  colorfulness: 20,
  confidence: 0.8,
  doubt: 0.1,
  colorKind: 'grey',
  alreadyColor: false,
  gamutShare: 0,
  notes: [],
  ms: { decode: 1, network: 2, compose: 3, encode: 4, total: 10 },
}

/** A test picture is a text file `picture NAME`: enough for an engine that looks at no pixel. */
export const fakePicture = (name: string): Buffer => Buffer.from(`picture ${name}`)

function inspect(path: string): { info: PictureInfo; sha256: string; colorKind: 'grey' } {
  const bytes = readFileSync(path)
  if (!bytes.toString().startsWith('picture')) throw new HourglassError('unsupported', `${path} is not a picture.`, 'Choose a picture.')
  const info: PictureInfo = { width: 400, height: 300, format: 'png', bytes: bytes.length, depth: 8, channels: 1, hasAlpha: false, orientation: 1, density: null, profile: null, pages: 1, metadata: [], takenAt: null, notes: [] }
  return { info, sha256: sha(bytes), colorKind: 'grey' }
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const usual: Handlers = {
  inspect: ({ path }) => inspect(path),
  thumbnail: ({ out }) => (put(out, 'thumbnail'), { width: 320, height: 240 }),
  original: ({ out }) => (put(out, 'original'), { width: 400, height: 300 }),
  render: ({ out, doubtOut, thumbnail, recipe, source }) => {
    put(out, `render ${source.path} ${JSON.stringify(recipe)}`)
    if (doubtOut) put(doubtOut, 'doubt')
    if (thumbnail) put(thumbnail.out, 'small result')
    return { width: 40, height: 30, figures }
  },
  export: ({ target, stamp, recipe }) => {
    const text = `export ${stamp} ${JSON.stringify(recipe)}`
    put(target, text)
    return { figures, output: target, kept: [], bytes: text.length, sha256: sha(Buffer.from(text)) }
  },
  readStamp: ({ path }) => ({ stamp: readFileSync(path, 'utf8').startsWith('export ') ? (readFileSync(path, 'utf8').split(' ')[1] ?? null) : null }),
  memory: () => ({ rssMb: 100, sessions: 1 }),
  listProviders: () => [{ name: 'cpu', report: null }],
  probeProvider: ({ name }) => ({ name, usable: true, reason: 'The processor works.', remedy: null, ms: 5 }),
  verifyModel: () => ({ ok: true, message: 'works' }),
  measureModel: () => ({ ms: 42, provider: 'cpu' }),
  probeFfmpeg: () => ({ ffmpeg: null, ffprobe: null, version: null, problem: { message: 'not found' } }),
}

/** What an engine tells of clips of so many frames. */
export const fakeClip = (frames: number): Handlers => ({
  inspectClip: ({ path }) => {
    const { info, sha256 } = inspect(path)
    return { info: { ...info, format: 'h264', pages: frames }, sha256 }
  },
  clipStill: ({ frame, out }) => {
    put(out, `still ${frame}`)
    return { frame, pts: frame, bytes: 7 }
  },
  clipColorStill: ({ frame, out, recipe }) => {
    put(out, `colour ${frame} ${JSON.stringify(recipe)}`)
    return { frame, pts: frame, bytes: 7 }
  },
  clipIndex: () => {
    const frame = Array.from({ length: frames }, (_, n) => n)
    const color = { range: null, matrix: null, primaries: null, transfer: null }
    const audio = [{ stream: 1, codec: 'pcm_s16le', sampleRate: 48_000, channels: 2, language: null, title: null }]
    const info = { frames, packets: frames, rate: '25/1', variableRate: false, timeBase: '1/25', duration: `${frames}/25`, width: 400, height: 300, sar: '1:1', rotation: 0, codec: 'h264', pixelFormat: 'yuv420p', fieldOrder: 'progressive' as const, color, audio, subtitles: [], timecode: null, warnings: [], stream: 0, verified: true }
    return { version: 1, identity: { bytes: 1, modified: 1, edges: '' }, ffmpeg: '7', stream: 0, timeBase: { num: 1, den: 25 }, startPts: 0, formatStart: { num: 0, den: 1 }, pts: frame, keys: [0], doubtful: [], x264Build: null, checks: null, sequence: null, info }
  },
  colorClip: ({ target, from = 0, to, shots = null }) => {
    put(target, `film ${from} ${to}`)
    const result = { frames: (to ?? frames) - from, chunks: 1, reused: 0, chunk: null, shots: [], model: { id: 'colorize-test', sha256: 'a'.repeat(64) }, encoding: 'FFV1', kept: [{ name: 'frames', before: '1', after: '1', same: true }], lumaIdentical: true, notes: [], bytes: 9 }
    return { ...result, shots: (shots ?? []).map((shot) => ({ from: shot.from, to: shot.to, flicker: 1 })) }
  },
})

/** An engine that keeps to the messages and does no pixels. Its handlers can be replaced while it runs. */
export class FakeEngine {
  readonly asked: { name: EngineTaskName; input: unknown; lane?: string; priority: string }[] = []
  readonly handlers: Handlers
  /** Swallows messages, like a process that hangs. */
  hangs = false
  /** Does not listen to cancel. */
  deaf = false
  spawned = 0
  #kill: ((code: number | null) => void) | null = null

  constructor(handlers: Handlers = {}) {
    this.handlers = { ...usual, ...handlers }
  }

  count(name: EngineTaskName): number {
    return this.asked.filter((task) => task.name === name).length
  }

  /** Ends the running process as a crash would. */
  crash(): void {
    this.#kill?.(139)
  }

  readonly spawn: SpawnEngine = () => {
    this.spawned++
    let alive = true
    let listener: (message: FromEngine) => void = () => undefined
    let onExit: (code: number | null) => void = () => undefined
    const cancels = new Map<number, () => void>()
    const tell = (message: FromEngine): void => {
      if (alive && !this.hangs) setImmediate(() => alive && listener(structuredClone(message)))
    }
    const end = (code: number | null): void => {
      if (!alive) return
      alive = false
      setImmediate(() => onExit(code))
    }
    this.#kill = end
    const work = async (id: number, name: EngineTaskName, raw: unknown): Promise<void> => {
      let cancel = (): void => undefined
      const cancelled = new Promise<void>((resolve) => (cancel = resolve))
      cancels.set(id, cancel)
      try {
        const input = engineTasks[name].input.parse(raw)
        const handler = this.handlers[name] as ((input: unknown, task: FakeTask) => unknown) | undefined
        if (!handler) throw new HourglassError('internal', `The fake engine has no ${name}.`, 'Add it.')
        tell({ type: 'settled', id, ok: true, output: await handler(input, { cancelled, progress: (done) => tell({ type: 'progress', id, done }) }) })
      } catch (error) {
        tell({ type: 'settled', id, ok: false, error: asHourglassError(error).toData() })
      }
    }
    setImmediate(() => tell({ type: 'ready', pid: 4242 }))
    const process: EngineProcess = {
      pid: 4242,
      post: (message: ToEngine) => {
        if (!alive || this.hangs) return
        if (message.type === 'ping') tell({ type: 'pong', n: message.n })
        if (message.type === 'quit') end(0)
        if (message.type === 'cancel' && !this.deaf) cancels.get(message.id)?.()
        if (message.type === 'task') {
          const { name, input, lane, priority } = structuredClone(message)
          this.asked.push({ name, input, lane, priority })
          void work(message.id, name, input)
        }
      },
      onMessage: (next) => (listener = next),
      onExit: (next) => (onExit = next),
      kill: () => end(null),
    }
    return process
  }
}

/** A handler that answers only when it is cancelled, with `cancelled`. */
export const untilCancelled = async (_: unknown, task: FakeTask): Promise<never> => {
  await task.cancelled
  throw new HourglassError('cancelled', 'The work was cancelled.', 'Start it again when you like.')
}
