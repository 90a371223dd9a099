import { asHourglassError } from '../../contract/errors.ts'
import { ProgressBar, type ProgressStream } from './progress-bar.ts'
import { UsageError } from './statuses.ts'
import { texts } from './texts.ts'

export interface ReporterOptions {
  readonly json?: boolean | undefined
  readonly verbose?: boolean | undefined
}

/** Technical origin of an error, for `--verbose` only. */
function trace(error: Error): string {
  const lines = [error.stack ?? String(error)]
  for (let cause = error.cause; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    lines.push(`caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
  }
  return lines.join('\n')
}

/**
 * What a command says and where: results on stdout (with --json one object a line and nothing else), progress and
 * errors on stderr, an error as its message and `→ remedy`.
 */
export class Reporter {
  readonly json: boolean
  readonly verbose: boolean
  readonly #out: ProgressStream
  readonly #err: ProgressStream
  #bar: ProgressBar | undefined
  #total = 0

  constructor(options: ReporterOptions = {}, out: ProgressStream = process.stdout, err: ProgressStream = process.stderr) {
    this.json = options.json ?? false
    this.verbose = options.verbose ?? false
    this.#out = out
    this.#err = err
  }

  start(total: number): void {
    this.#total = total
    if (!this.json || this.#err.isTTY) this.#bar = new ProgressBar(this.#err, total)
  }

  /** `done` counts inputs and may have a fraction; `settled` marks the end of one input. */
  progress(done: number, input: string, settled = false): void {
    this.#bar?.update(done, input)
    if (this.json && settled) this.#line({ event: 'progress', done: Math.floor(done), total: this.#total, input })
  }

  /** One result: the object for machines, the sentence for people. */
  result(data: Record<string, unknown>, sentence: string): void {
    this.#bar?.clear()
    if (this.json) this.#line({ event: 'result', ...data })
    else this.#out.write(`${sentence}\n`)
  }

  /** What all results come to: the object for machines, the text for people. */
  summary(data: Record<string, unknown>, text: string): void {
    this.#bar?.clear()
    if (this.json) this.#line({ event: 'summary', ...data })
    else this.#out.write(`${text}\n`)
  }

  error(thrown: unknown, input?: string): void {
    this.#bar?.clear()
    const error = asHourglassError(thrown)
    const { message, remedy } = texts.told(error)
    if (this.json) this.#line({ event: 'error', input: input ?? '', code: error.code, message, remedy })
    else this.#err.write(`hourglass: ${message}\n  → ${remedy}\n`)
    if (this.verbose && !(error instanceof UsageError)) this.#err.write(`${trace(error)}\n`)
  }

  /** A remark for people that is neither result nor error. */
  note(text: string): void {
    this.#bar?.clear()
    this.#err.write(`${text}\n`)
  }

  /** Ends progress; the bar does not stay behind. */
  finish(): void {
    this.#bar?.clear()
    this.#bar = undefined
  }

  #line(data: Record<string, unknown>): void {
    this.#out.write(`${JSON.stringify(data)}\n`)
  }
}
