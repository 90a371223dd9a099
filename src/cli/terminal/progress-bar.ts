import { texts } from './texts.ts'

/** Where progress is drawn; process.stderr fits. */
export interface ProgressStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

const drawEveryMs = 100
const lineEveryMs = 2000

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

function rateText(perSecond: number): string {
  return perSecond >= 1 ? texts.t('terminal.perSecond', { rate: perSecond.toFixed(1) }) : texts.t('terminal.perMinute', { rate: (perSecond * 60).toFixed(1) })
}

/**
 * Progress of long work: a bar that redraws itself on a terminal, plain lines at intervals elsewhere. `done` may
 * have a fraction (half a photo). Rate and time left are measured over the whole run.
 */
export class ProgressBar {
  readonly #stream: ProgressStream
  readonly #total: number
  readonly #now: () => number
  readonly #startedAt: number
  #drawnAt = 0
  #lastWhole = 0
  #visible = false

  constructor(stream: ProgressStream, total: number, now: () => number = () => performance.now()) {
    this.#stream = stream
    this.#total = total
    this.#now = now
    this.#startedAt = now()
    this.#drawnAt = stream.isTTY ? -Infinity : this.#startedAt
  }

  update(done: number, what: string): void {
    const now = this.#now()
    const finished = done >= this.#total
    const wait = this.#stream.isTTY ? drawEveryMs : lineEveryMs
    if (!finished && now - this.#drawnAt < wait) return
    const whole = Math.floor(done)
    if (!this.#stream.isTTY && whole === this.#lastWhole) return
    this.#drawnAt = now
    this.#lastWhole = whole
    const seconds = (now - this.#startedAt) / 1000
    const rate = seconds > 0 && done > 0 ? done / seconds : 0
    const figures = [`${whole}/${this.#total}`, rate > 0 ? rateText(rate) : '', rate > 0 && !finished ? texts.t('terminal.left', { time: clock((this.#total - done) / rate) }) : ''].filter(Boolean).join('  ')
    if (!this.#stream.isTTY) {
      this.#stream.write(`${figures}  ${what}\n`)
      return
    }
    const width = 24
    const filled = Math.min(width, Math.round((done / this.#total) * width))
    const line = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${figures}  ${what}`
    this.#stream.write(`\r\u001b[2K${[...line].slice(0, (this.#stream.columns ?? 80) - 1).join('')}`)
    this.#visible = true
  }

  /** Takes the bar away, so that a line can be printed; the next update draws it again. */
  clear(): void {
    if (!this.#visible) return
    this.#stream.write('\r\u001b[2K')
    this.#visible = false
    this.#drawnAt = -Infinity
  }
}
