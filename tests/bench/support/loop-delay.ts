// Loaded into a host with `node --import`: on SIGUSR2 writes the event loop's delay since the last signal, and starts anew.
import { renameSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10
const file = process.env['HOURGLASS_LOOP_DELAY']
// Engines that the host starts are not watched.
delete process.env['NODE_OPTIONS']

if (file) {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  process.on('SIGUSR2', () => {
    // A recorded value is the time between two ticks of the timer: what is above its period is the delay.
    const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs)
    writeFileSync(`${file}.new`, JSON.stringify({ p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(histogram.max), count: histogram.count }))
    renameSync(`${file}.new`, file)
    histogram.reset()
  })
}
