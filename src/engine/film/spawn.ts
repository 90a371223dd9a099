import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CancelledError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { forgetFilmTools } from './ffmpeg.ts'

export interface SpawnOptions {
  readonly signal?: AbortSignal | undefined
  /** Takes stdout piece by piece; the program waits while a promise is pending. */
  readonly onOutput?: (piece: Buffer) => void | Promise<void>
  /** Takes each line of stderr. */
  readonly onLine?: (line: string) => void
  /** Written to stdin, which is closed otherwise; of several pieces the next is made when there is room for it. */
  readonly input?: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

export interface Ended {
  readonly code: number | null
  /** The last lines of stderr that are no more than a cough, oldest first. */
  readonly said: readonly string[]
}

/** Lines of stderr that are kept for an error's cause. */
const keptLines = 20

/**
 * Runs ffmpeg or ffprobe to its end. stderr is always drained; on abort the process is killed and waited for, so
 * that none is left behind. The process ends by itself where this one dies: everything it makes goes through pipes.
 * @throws CancelledError where the signal fired; HourglassError `missing-component` where the program is gone or breaks down; what `onOutput` threw
 */
export async function runTool(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const { signal, onOutput, onLine, input } = options
  if (signal?.aborted) throw new CancelledError()
  const child = spawn(program, [...args], { stdio: 'pipe', windowsHide: true })
  const kill = (): void => void child.kill('SIGKILL')
  signal?.addEventListener('abort', kill, { once: true })
  const said: string[] = []
  const ended = new Promise<{ code: number | null; by: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, by) => resolve({ code, by }))
  })
  const lines = createInterface({ input: child.stderr, crlfDelay: Infinity }).on('line', (line) => {
    onLine?.(line)
    said.push(line)
    if (said.length > keptLines) said.shift()
  })
  // A program that ends before it has read everything breaks the pipe; its status tells why.
  child.stdin.on('error', () => undefined)
  if (input === undefined || input instanceof Uint8Array) child.stdin.end(input)
  const fed = input === undefined || input instanceof Uint8Array ? null : feed(input, child.stdin)
  try {
    const [{ code, by }, , failed] = await Promise.all([ended, readAll(child.stdout, onOutput), fed])
    if (failed) throw failed.error
    if (signal?.aborted) throw new CancelledError()
    if (by !== null) throw fault('missing-component', 'fault.toolCrashed', 'remedy.toolCrashed', { path: program, signal: by })
    return { code, said }
  } catch (thrown) {
    kill()
    await ended.catch(() => undefined)
    if (signal?.aborted) throw new CancelledError()
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'EACCES') && 'syscall' in thrown && String(thrown.syscall).startsWith('spawn')) {
      forgetFilmTools()
      throw fault('missing-component', 'fault.toolGone', 'remedy.ffmpegAgain', { path: program }, { cause: thrown })
    }
    throw thrown
  } finally {
    signal?.removeEventListener('abort', kill)
    lines.close()
  }
}

/** What makes the pieces may fail, which the program cannot tell from their end; that it ended early is its own affair. */
async function feed(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, stdin: NodeJS.WritableStream): Promise<{ error: unknown } | null> {
  let failed: { error: unknown } | null = null
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces
    } catch (error) {
      failed = { error }
    }
  }
  await pipeline(Readable.from(watched(), { highWaterMark: 1 }), stdin).catch(() => undefined)
  return failed
}

async function readAll(stream: NodeJS.ReadableStream, onOutput: SpawnOptions['onOutput']): Promise<void> {
  for await (const piece of stream) await onOutput?.(piece as Buffer)
}

/** All of a program's output at once: for small answers and single frames. */
export async function outputOf(program: string, args: readonly string[], options: Omit<SpawnOptions, 'onOutput'> = {}): Promise<Ended & { readonly output: Buffer }> {
  const pieces: Buffer[] = []
  const ended = await runTool(program, args, { ...options, onOutput: (piece) => void pieces.push(piece) })
  return { ...ended, output: Buffer.concat(pieces) }
}

/** Cuts pieces of text into whole lines. */
export function lineCutter(onLine: (line: string) => void): { push(piece: Buffer): void; end(): void } {
  let rest = ''
  return {
    push(piece) {
      const lines = (rest + piece.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line.trimEnd())
    },
    end() {
      if (rest) onLine(rest.trimEnd())
      rest = ''
    },
  }
}
