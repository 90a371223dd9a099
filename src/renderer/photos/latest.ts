/**
 * One question at a time, always the newest: while an answer is under way the newest question waits, older
 * waiting ones are forgotten. So a drag shows a steady row of pictures, in order, and ends on the right one.
 * A question that takes longer than `patience` ms is aborted when a newer one waits.
 */
export class Latest<Question, Answer> {
  private readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>
  private readonly patience: number
  private running: { controller: AbortController; startedAt: number; timer: ReturnType<typeof setTimeout> | null } | null = null
  private waiting: { question: Question } | null = null
  private closed = false
  onAnswer: (answer: Answer, question: Question) => void = () => undefined
  onError: (error: unknown, question: Question) => void = () => undefined
  onBusy: (busy: boolean) => void = () => undefined

  constructor(ask: (question: Question, signal: AbortSignal) => Promise<Answer>, patience = 400) {
    this.ask = ask
    this.patience = patience
  }

  push(question: Question): void {
    if (this.closed) return
    if (!this.running) {
      void this.run(question)
      return
    }
    this.waiting = { question }
    const running = this.running
    if (running.timer) return
    const left = Math.max(0, this.patience - (performance.now() - running.startedAt))
    running.timer = setTimeout(() => running.controller.abort(), left)
  }

  close(): void {
    this.closed = true
    this.waiting = null
    if (this.running?.timer) clearTimeout(this.running.timer)
    this.running?.controller.abort()
  }

  private async run(question: Question): Promise<void> {
    const running = { controller: new AbortController(), startedAt: performance.now(), timer: null }
    this.running = running
    this.onBusy(true)
    try {
      const answer = await this.ask(question, running.controller.signal)
      if (!this.closed) this.onAnswer(answer, question)
    } catch (error) {
      if (!this.closed && !running.controller.signal.aborted) this.onError(error, question)
    }
    const timer: ReturnType<typeof setTimeout> | null = running.timer
    if (timer) clearTimeout(timer)
    this.running = null
    if (this.closed) return
    const next = this.waiting
    this.waiting = null
    if (next) void this.run(next.question)
    else this.onBusy(false)
  }
}
