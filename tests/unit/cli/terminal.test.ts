import { describe, expect, it } from 'vitest'
import { HourglassError } from '../../../src/contract/errors.ts'
import { ProgressBar } from '../../../src/cli/terminal/progress-bar.ts'
import { Reporter } from '../../../src/cli/terminal/reporter.ts'
import { statusOfBatch } from '../../../src/cli/terminal/statuses.ts'

/** A stream that keeps what was written. */
function stream(isTTY: boolean, columns = 60) {
  const written: string[] = []
  return { written, isTTY, columns, write: (text: string) => written.push(text) }
}

describe('the progress bar', () => {
  it('draws rate and time left over one line of a terminal, and takes itself away', () => {
    let now = 0
    const terminal = stream(true)
    const bar = new ProgressBar(terminal, 20, () => now)
    now = 10_000
    bar.update(5, 'a-very-long-name-that-does-not-fit-into-the-line-at-all.jpg')
    const [line] = terminal.written
    expect(line).toContain('5/20')
    expect(line).toContain('30.0/min')
    expect(line).toContain('0:30 left')
    expect(line?.replace('\r\u001b[2K', '').length).toBeLessThan(60)
    bar.clear()
    expect(terminal.written.at(-1)).toBe('\r\u001b[2K')
  })

  it('writes plain lines elsewhere, not more than one every two seconds', () => {
    let now = 0
    const file = stream(false)
    const bar = new ProgressBar(file, 1000, () => now)
    for (let done = 1; done <= 100; done++) {
      now = done * 100
      bar.update(done, 'x.jpg')
    }
    expect(file.written.length).toBe(5)
    expect(file.written.join('')).not.toContain('\u001b')
    expect(file.written[0]).toMatch(/^20\/1000 {2}10\.0\/s {2}1:38 left {2}x\.jpg\n$/)
  })
})

describe('the reporter', () => {
  const error = new HourglassError('bad-input', 'a.jpg is empty.', 'Copy it again.', { cause: new Error('deep reason') })

  it('says an error as message and remedy, and its origin only with --verbose', () => {
    const [out, err] = [stream(false), stream(false)]
    new Reporter({}, out, err).error(error, 'a.jpg')
    expect(err.written).toEqual(['hourglass: a.jpg is empty.\n  → Copy it again.\n'])
    new Reporter({ verbose: true }, out, err).error(error, 'a.jpg')
    expect(err.written.at(-1)).toContain('deep reason')
    expect(out.written).toEqual([])
  })

  it('keeps stdout to one JSON object a line with --json', () => {
    const [out, err] = [stream(false), stream(false)]
    const reporter = new Reporter({ json: true }, out, err)
    reporter.start(2)
    reporter.result({ output: 'b.jpg' }, 'a sentence')
    reporter.progress(0.5, 'a.jpg')
    reporter.progress(1, 'a.jpg', true)
    reporter.error(error, 'c.jpg')
    expect(out.written.map((line) => JSON.parse(line) as object)).toEqual([
      { event: 'result', output: 'b.jpg' },
      { event: 'progress', done: 1, total: 2, input: 'a.jpg' },
      { event: 'error', input: 'c.jpg', code: 'bad-input', message: 'a.jpg is empty.', remedy: 'Copy it again.' },
    ])
    expect(err.written).toEqual([])
  })
})

describe('the exit status of a batch', () => {
  it('tells why nothing was done, or that some was not', () => {
    expect(statusOfBatch(3, [])).toBe(0)
    expect(statusOfBatch(0, [])).toBe(0)
    expect(statusOfBatch(2, ['bad-input'])).toBe(1)
    expect(statusOfBatch(0, ['bad-input', 'unsupported', 'too-large'])).toBe(3)
    expect(statusOfBatch(0, ['missing-model', 'bad-input'])).toBe(4)
    expect(statusOfBatch(0, ['not-writable'])).toBe(5)
    expect(statusOfBatch(7, ['no-space'])).toBe(5)
    expect(statusOfBatch(7, ['cancelled', 'bad-input'])).toBe(130)
    expect(statusOfBatch(0, ['engine-crashed'])).toBe(1)
  })
})
