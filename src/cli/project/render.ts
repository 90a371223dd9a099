import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { HourglassError, type ErrorCode } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { interruptible } from '../terminal/interrupt.ts'
import { followJobs } from '../terminal/jobs.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { exitStatus, statusOfBatch } from '../terminal/statuses.ts'
import { withStudio } from '../terminal/studio.ts'
import { texts } from '../terminal/texts.ts'
import { openProject } from './projects.ts'

/** Exports every photo with its chosen version; what stands already is passed over unless `overwrite`. */
export function renderProject(folder: string, options: { outDir?: string; overwrite?: boolean }, reporter: Reporter): Promise<number> {
  const interrupt = interruptible()
  return withStudio(reporter.verbose, async (at) => {
    await openProject(at, folder)
    const assets = await at.calls.assets.list()
    if (assets.length === 0) {
      reporter.note(texts.t('terminal.noPhotoYet'))
      return exitStatus.done
    }
    const outDir = resolve(options.outDir ?? join(folder, 'exports'))
    await mkdir(outDir, { recursive: true }).catch((cause: unknown) => {
      throw fault('not-writable', 'fault.folderNotMade', 'remedy.folderMayWrite', { folder: outDir }, { cause })
    })
    const { jobs } = await at.calls.photos.export({
      versions: assets.map((asset) => asset.currentVersion),
      folder: at.grant(outDir, { write: true }),
      options: { onConflict: options.overwrite ? 'overwrite' : 'skip' },
    })
    const names = new Map(assets.map((asset) => [asset.id, asset.name]))
    const shares = new Map<string, number>(jobs.map((id) => [id, 0]))
    reporter.start(jobs.length)
    const ended = await followJobs(at, jobs, interrupt.signal, (job) => {
      const isOver = job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
      shares.set(job.id, isOver ? 1 : job.progress * 0.999)
      const done = [...shares.values()].reduce((sum, share) => sum + share, 0)
      reporter.progress(done, (job.asset && names.get(job.asset)) ?? '', isOver)
    })
    reporter.finish()
    const failures: ErrorCode[] = []
    let finished = 0
    for (const job of ended) {
      const input = (job.asset && names.get(job.asset)) ?? ''
      if (job.state === 'done') {
        finished += 1
        const output = job.result ? at.studio.grants.resolve(job.result.grant).path : outDir
        reporter.result({ input, output }, output)
      } else if (job.error) {
        failures.push(job.error.code)
        reporter.error(HourglassError.fromData(job.error), input)
      } else failures.push('cancelled')
    }
    return interrupt.interrupted ? exitStatus.cancelled : statusOfBatch(finished, failures)
  }).finally(() => interrupt.release())
}
